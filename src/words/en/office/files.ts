/** Files that commands read and write. */
export const files = {
  notReadable: (p: { file: string; why: string }) => `${p.file} cannot be read: ${p.why}`,
  notWritable: (p: { file: string; why: string }) => `${p.file} cannot be written: ${p.why}`,
  exists: (p: { file: string }) => `${p.file} exists already, and what is in it is not overwritten.`,
  existsNext: 'choose another name, or move the file away',
  notJson: (p: { file: string; why: string }) => `${p.file} is not JSON: ${p.why}`,
  written: (p: { file: string }) => `Written to ${p.file}`,
  reasons: {
    ENOENT: 'there is no such file or folder',
    EACCES: 'you may not',
    EISDIR: 'it is a folder',
  },
};
