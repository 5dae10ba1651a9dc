// A message centre that accepts everything at once, and sends a receipt for it: a process of its own beside what is measured.
import { openCentre } from '../src/gateways/sms/smpp/testing.ts';

const centre = await openCentre();
centre.onSubmit = submit => {
  const id = String(submit.index + 1);
  centre.accept(submit, id);
  centre.receipt(id, 'DELIVRD', submit.message.destination.digits);
  // It keeps what it is given; that is for tests.
  centre.heard.length = 0;
};
process.send?.({ port: centre.port });
process.once('disconnect', () => void centre.close());
