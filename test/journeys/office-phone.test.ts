import { proofAtTheDesk } from '../cast/manuals/office-phone.ts';
import { stage } from '../cast/stage.ts';

proofAtTheDesk(
  stage(async house => {
    await house.given.setting('registration', { startsOn: '2026-04-01' });
    await house.given.multiFactorEverywhere();
  }),
);
