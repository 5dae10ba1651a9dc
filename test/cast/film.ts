import { writeFileSync } from 'node:fs';
import { encode } from 'uqr';

const [width, height] = [640, 480];

/** A film of some frames in which a hand holds a QR code before a camera: turned a little, in weak and uneven light. */
export function filmOf(text: string, path: string): void {
  const { size, data } = encode(text, { ecc: 'M', border: 4 });
  const frames = [6, 7, 8].map(degrees => {
    const turn = (degrees * Math.PI) / 180;
    const scale = size / 400;
    const light = Buffer.alloc(width * height);
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const [dx, dy] = [x - width / 2, y - height / 2];
        const column = Math.floor((dx * Math.cos(turn) + dy * Math.sin(turn)) * scale + size / 2);
        const row = Math.floor((dy * Math.cos(turn) - dx * Math.sin(turn)) * scale + size / 2);
        const isOnPaper = column >= 0 && row >= 0 && column < size && row < size;
        const paper = data[row]?.[column] ? 45 : 190;
        const noise = ((x * 73 + y * 151 + degrees * 31) % 17) - 8;
        light[y * width + x] = (isOnPaper ? paper : 110) + noise + Math.round((x / width) * 20);
      }
    const colourless = Buffer.alloc((width * height) / 2, 128);
    return Buffer.concat([Buffer.from('FRAME\n'), light, colourless]);
  });
  writeFileSync(
    path,
    Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip C420jpeg\n`), ...frames]),
  );
}
