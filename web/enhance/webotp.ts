// Takes the code out of a text message that ends in `@host #123456`, where the browser can (Chrome on Android).

interface OtpOptions extends CredentialRequestOptions {
  readonly otp: { readonly transport: readonly 'sms'[] };
}

const field = document.querySelector<HTMLInputElement>('[autocomplete="one-time-code"]');

async function takeCode(field: HTMLInputElement): Promise<void> {
  const typing = new AbortController();
  field.form?.addEventListener('submit', () => typing.abort());
  const options: OtpOptions = { otp: { transport: ['sms'] }, signal: typing.signal };
  const received: unknown = await navigator.credentials.get(options);
  if (typeof received !== 'object' || received === null || !('code' in received)) return;
  // Whoever began to type knows better.
  if (field.value !== '' || typeof received.code !== 'string') return;
  field.value = received.code;
  field.form?.requestSubmit();
}

if (field && 'OTPCredential' in window) {
  takeCode(field).catch(() => {
    // Declined, or typed by hand meanwhile: the field is there.
  });
}
