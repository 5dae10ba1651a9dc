import type { SpokenWords } from './spoken-words.ts';

/** Mandarin, in simplified characters. */
export const zh: SpokenWords = {
  voice: {
    'ask-pound':
      '这是登录验证电话。如果是您本人在登录，请按井号键。如果使用模拟线路，请先按星号键，再按井号键。如果不是您本人，请先按零，再按井号键。',
    'ask-number':
      '这是登录验证电话。如果是您本人在登录，请输入屏幕上显示的数字，然后按井号键。如果使用模拟线路，请先按星号键。如果不是您本人，请先按零，再按井号键。',
    confirmed: '验证成功。您可以挂断电话了。',
    fraud: '登录已中止。请联系办公室。',
    'wrong-key': '验证失败。请按照屏幕上的提示重试。',
    'no-key': '没有收到您的按键。再见。',
  },
  message: {
    text: p => `${p.code} 是您的${p.organisation}验证码。`,
    advice: '请勿告诉他人。',
  },
};
