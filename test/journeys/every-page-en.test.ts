// Every page in English: readable by everybody, at home on every screen, and light.
import { everyPage } from '../cast/every-page.ts';

everyPage('en');
