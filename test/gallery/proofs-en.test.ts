// Every page of another proof than a phone, of waiting and of refusal, in English.
import { everyProof } from '../cast/every-proof.ts';

everyProof('en');
