// Every page in Japanese: readable by everybody, at home on every screen, and light.
import { everyPage } from '../cast/every-page.ts';

everyPage('ja');
