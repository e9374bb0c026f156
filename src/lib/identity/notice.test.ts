import { expect, test } from 'vitest';
import { isNoticeVersion, noticeVersion, shortNotice } from './notice.ts';

test.each(['Khanyisa', 'Nelson Mandela Bay'])('the notice of %s fits one SMS', (name) => {
	const notice = shortNotice(name);
	expect(notice.length).toBeLessThanOrEqual(160);
	// GSM 03.38 letters only: one other would halve the room.
	expect(notice).toMatch(/^[\x20-\x7e]+$/);
	expect(notice).toContain('object');
});

test.each([
	[noticeVersion, true],
	['2025-01-31', true],
	['2999-01-01', false],
	['<b>', false],
	[undefined, false]
])('the notice “%s” was shown to somebody: %s', (sent, known) => {
	expect(isNoticeVersion(sent)).toBe(known);
});
