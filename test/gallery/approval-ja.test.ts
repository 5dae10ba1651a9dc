// Every page of ours about Genkan Authenticator, in Japanese.
import { everyApproval } from '../cast/every-approval.ts';

everyApproval('ja');
