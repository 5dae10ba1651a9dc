// Asks the browser for a passkey and sends what it says. What goes in and comes out is JSON in which bytes
// are base64url (WebAuthn L3 §5.1.8–9), written here because not every browser of today reads it by itself.

type Json = { readonly [key: string]: unknown };
type Ceremony = 'create' | 'get' | 'offer';

const bytesOf = (text: unknown): Uint8Array<ArrayBuffer> => {
  const plain = atob(String(text).replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(plain, letter => letter.charCodeAt(0));
};

const textOf = (bytes: ArrayBuffer): string =>
  btoa(Array.from(new Uint8Array(bytes), byte => String.fromCharCode(byte)).join(''))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');

const listOf = (list: unknown): PublicKeyCredentialDescriptor[] =>
  (Array.isArray(list) ? list : []).map(one => ({ ...one, id: bytesOf(one.id) }));

const creationOf = (options: Json): PublicKeyCredentialCreationOptions =>
  ({
    ...options,
    challenge: bytesOf(options.challenge),
    user: { ...(options.user as Json), id: bytesOf((options.user as Json).id) },
    excludeCredentials: listOf(options.excludeCredentials),
  }) as unknown as PublicKeyCredentialCreationOptions;

const requestOf = (options: Json): PublicKeyCredentialRequestOptions =>
  ({
    ...options,
    challenge: bytesOf(options.challenge),
    allowCredentials: listOf(options.allowCredentials),
  }) as unknown as PublicKeyCredentialRequestOptions;

function answerOf({ id, rawId, type, response }: PublicKeyCredential): Json {
  const clientDataJSON = textOf(response.clientDataJSON);
  if (response instanceof AuthenticatorAttestationResponse)
    return {
      id,
      rawId: textOf(rawId),
      type,
      response: {
        clientDataJSON,
        attestationObject: textOf(response.attestationObject),
        transports: response.getTransports?.() ?? [],
      },
    };
  const { authenticatorData, signature, userHandle } = response as AuthenticatorAssertionResponse;
  return {
    id,
    rawId: textOf(rawId),
    type,
    response: {
      clientDataJSON,
      authenticatorData: textOf(authenticatorData),
      signature: textOf(signature),
      ...(userHandle ? { userHandle: textOf(userHandle) } : {}),
    },
  };
}

/** One at a time: pressing the button ends what waits in the field's list. */
let asking: AbortController | undefined;

async function ask(ceremony: Ceremony, options: Json, mediation: CredentialMediationRequirement) {
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  return ceremony === 'create'
    ? navigator.credentials.create({ publicKey: creationOf(options), signal })
    : navigator.credentials.get({ publicKey: requestOf(options), signal, mediation });
}

/** Why there was no answer, as the page says it; nothing when it was we who stopped. */
function wordsFor(error: unknown, place: HTMLElement): string | undefined {
  const { declined, already, failed } = place.dataset;
  if (!(error instanceof DOMException)) return failed;
  if (error.name === 'AbortError') return undefined;
  if (error.name === 'NotAllowedError') return declined;
  return error.name === 'InvalidStateError' ? already : failed;
}

function enhance(box: HTMLElement): void {
  const form = box.querySelector('form');
  const button = box.querySelector<HTMLButtonElement>('button[type=button]');
  const field = box.querySelector<HTMLInputElement>('input[name=credential]');
  const place = box.querySelector<HTMLElement>('[role=status][data-failed]');
  if (!form || !button || !field || !place) return;
  const say = (sentence: string | undefined): void => {
    place.hidden = sentence === undefined;
    place.textContent = sentence ?? '';
  };
  if (!window.PublicKeyCredential) {
    if (box.dataset.passkey !== 'offer') say(place.dataset.unsupported);
    return;
  }
  const ceremony = box.dataset.passkey as Ceremony;
  const options: Json = JSON.parse(box.dataset.options ?? '{}');
  const begin = async (mediation: CredentialMediationRequirement): Promise<void> => {
    say(undefined);
    try {
      const credential = await ask(ceremony, options, mediation);
      if (!(credential instanceof PublicKeyCredential)) return;
      field.value = JSON.stringify(answerOf(credential));
      form.requestSubmit();
    } catch (error) {
      // A list that nobody chose from says nothing.
      if (mediation !== 'conditional') say(wordsFor(error, place));
    }
  };
  for (const part of box.querySelectorAll<HTMLElement>('h2, button')) part.hidden = false;
  button.addEventListener('click', () => begin('optional'));
  if (ceremony === 'offer') offerInList(begin);
  else if (!box.dataset.wait && !document.hidden) begin('optional');
}

/** Passkeys stand in the list of the account field, where the browser can do it. */
async function offerInList(
  begin: (mediation: CredentialMediationRequirement) => Promise<void>,
): Promise<void> {
  if (await PublicKeyCredential.isConditionalMediationAvailable?.()) await begin('conditional');
}

for (const box of document.querySelectorAll<HTMLElement>('[data-passkey]')) enhance(box);
