// Every page of ours about Genkan Authenticator, in English.
import { everyApproval } from '../cast/every-approval.ts';

everyApproval('en');
