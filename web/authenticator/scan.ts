// Loaded when the camera is opened: the decoder is as large as the rest of the app.
import decode from 'qr/decode.js';

/** Where the browser reads codes by itself (Shape Detection API). */
interface Detector {
  detect(from: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}
interface DetectorMaker {
  new (options: { formats: readonly string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
}

type Read = (video: HTMLVideoElement) => Promise<string | undefined>;

/** Between two looks, in ms: a hand needs longer to hold still. */
const between = 120;
/** A code fills a good part of the picture; more pixels only cost time. */
const enough = 720;

/**
 * Opens the camera on the back and tells what it sees: `undefined` once it shows a picture, then every
 * code; until `see` has seen enough, or `signal`.
 */
export async function lookForCode(
  video: HTMLVideoElement,
  signal: AbortSignal,
  see: (text: string | undefined) => boolean,
): Promise<'seen' | 'left' | 'refused' | 'missing'> {
  const camera = await openCamera();
  if (typeof camera === 'string') return camera;
  try {
    video.srcObject = camera;
    await video.play();
    const read = (await native()) ?? decoded();
    see(undefined);
    while (!signal.aborted) {
      const text = video.readyState >= video.HAVE_CURRENT_DATA ? await read(video) : undefined;
      if (signal.aborted) break;
      if (text !== undefined && see(text)) return 'seen';
      await new Promise(resolve => setTimeout(resolve, between));
    }
    return 'left';
  } finally {
    for (const track of camera.getTracks()) track.stop();
    video.srcObject = null;
  }
}

async function openCamera(): Promise<MediaStream | 'refused' | 'missing'> {
  if (!navigator.mediaDevices) return 'missing';
  try {
    return await navigator.mediaDevices.getUserMedia({
      video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } },
    });
  } catch (error) {
    return error instanceof DOMException && error.name === 'NotAllowedError' ? 'refused' : 'missing';
  }
}

async function native(): Promise<Read | undefined> {
  const { BarcodeDetector: Maker } = window as { BarcodeDetector?: DetectorMaker };
  if (!Maker || !(await Maker.getSupportedFormats()).includes('qr_code')) return undefined;
  const detector = new Maker({ formats: ['qr_code'] });
  let read: Read = async video => {
    try {
      return (await detector.detect(video))[0]?.rawValue;
    } catch {
      // The browser has it, and the system behind it does not: we read ourselves, from now on.
      read = decoded();
      return read(video);
    }
  };
  return video => read(video);
}

function decoded(): Read {
  const canvas = document.createElement('canvas');
  const drawing = canvas.getContext('2d', { willReadFrequently: true });
  return async video => {
    const scale = Math.min(1, enough / Math.max(video.videoWidth, video.videoHeight));
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    if (!drawing || canvas.width === 0) return undefined;
    drawing.drawImage(video, 0, 0, canvas.width, canvas.height);
    try {
      return decode(drawing.getImageData(0, 0, canvas.width, canvas.height));
    } catch {
      // There is no code in this picture.
      return undefined;
    }
  };
}
