// Sounds of the simulator's phone: it rings, its keys sound, and a pressed key does not leave the page,
// so that the announcement goes on. Without this script the same buttons send the same forms.

const rows = [697, 770, 852, 941];
const columns = [1209, 1336, 1477];
const layout = '123456789*0#';

let context: AudioContext | undefined;

/** Sound needs a gesture first; until then the phone rings for the eyes only. */
function sound(): AudioContext | undefined {
  context ??= new AudioContext();
  if (context.state === 'suspended') void context.resume().catch(() => undefined);
  return context;
}

function play(frequencies: readonly number[], from: number, length: number, loudness = 0.08): void {
  const audio = sound();
  if (audio?.state !== 'running') return;
  const start = audio.currentTime + from;
  const gain = audio.createGain();
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(loudness, start + 0.01);
  gain.gain.setValueAtTime(loudness, start + length - 0.02);
  gain.gain.linearRampToValueAtTime(0, start + length);
  gain.connect(audio.destination);
  for (const frequency of frequencies) {
    const tone = audio.createOscillator();
    tone.frequency.value = frequency;
    tone.connect(gain);
    tone.start(start);
    tone.stop(start + length);
  }
}

/** ITU-T Q.23: the two tones of a key. */
function tone(key: string): void {
  const at = layout.indexOf(key);
  play([rows[Math.floor(at / 3)] ?? 0, columns[at % 3] ?? 0], 0, 0.16);
}

/** Pulse dialling: as many clicks as the digit says, ten for 0. */
function clicks(key: string): void {
  const count = Number(key) || 10;
  for (let i = 0; i < count; i++) play([120], i * 0.1, 0.03, 0.15);
}

/** Japan's ringing: a second of tone, two of silence. */
function ring(): void {
  if (!document.querySelector('[data-call=ringing]')) return;
  play([400, 416], 0, 1);
  setTimeout(ring, 3000);
}

function pressWithoutLeaving(): void {
  const keypad = document.querySelector<HTMLElement>('[data-keypad]');
  const shown = document.querySelector('[data-pressed]');
  keypad?.querySelector('form')?.addEventListener('submit', async event => {
    const { target: form, submitter } = event;
    if (!(form instanceof HTMLFormElement) || !(submitter instanceof HTMLButtonElement)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const key = submitter.value;
    const analog = keypad.dataset.keypad === 'analog' && !`${shown?.textContent}${key}`.includes('*');
    if (!analog) tone(key);
    else if (key !== '#') clicks(key);
    if (shown) shown.textContent += key;
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form, submitter)) body.append(name, String(value));
    await fetch(form.action, { method: 'POST', body, redirect: 'manual' });
  });
  document.addEventListener('keydown', event => {
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey) return;
    keypad?.querySelector<HTMLButtonElement>(`button[value="${CSS.escape(event.key)}"]`)?.click();
  });
}

pressWithoutLeaving();
ring();
