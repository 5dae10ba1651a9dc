import type { SpokenWords } from './spoken-words.ts';

export const vi: SpokenWords = {
  voice: {
    'ask-pound':
      'Đây là cuộc gọi xác minh đăng nhập. Nếu chính bạn đang đăng nhập, vui lòng nhấn phím thăng. Nếu dùng đường dây analog, vui lòng nhấn phím sao rồi nhấn phím thăng. Nếu không phải bạn, vui lòng nhấn phím không rồi nhấn phím thăng.',
    'ask-number':
      'Đây là cuộc gọi xác minh đăng nhập. Nếu chính bạn đang đăng nhập, vui lòng nhập số hiển thị trên màn hình rồi nhấn phím thăng. Nếu dùng đường dây analog, vui lòng nhấn phím sao trước. Nếu không phải bạn, vui lòng nhấn phím không rồi nhấn phím thăng.',
    confirmed: 'Đã xác minh thành công. Bạn có thể gác máy.',
    fraud: 'Đã dừng đăng nhập. Vui lòng liên hệ văn phòng.',
    'wrong-key': 'Không thể xác minh. Vui lòng làm theo hướng dẫn trên màn hình và thử lại.',
    'no-key': 'Bạn chưa nhấn phím nào. Xin chào và tạm biệt.',
  },
  message: {
    // without tone marks, as texts with codes are written in Vietnam: with them, a message holds 70 letters
    text: p => `${p.code} la ma xac minh cua ${p.organisation}.`,
    advice: 'Khong chia se ma nay voi bat ky ai.',
  },
};
