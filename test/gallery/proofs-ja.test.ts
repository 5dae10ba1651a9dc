// Every page of another proof than a phone, of waiting and of refusal, in Japanese.
import { everyProof } from '../cast/every-proof.ts';

everyProof('ja');
