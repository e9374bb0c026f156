import { beforeAll, expect, test } from 'vitest';
import { useMasterKey } from '../../../platform/server/keys.ts';
import { sealingAdds } from './ece.ts';
import { declarative, declarativeShort, topicOf, type Shown } from './payload.ts';

beforeAll(() => useMasterKey(Buffer.alloc(32, 7)));

const shown: Shown = {
	title: 'Amanzi avaliwe',
	text: 'Water is off in Mill Road until 16:00.',
	url: 'https://khanyisa.example/news/1',
	language: 'zu',
	tag: 'k3Jx0Wb8uQmR5dTzY1cVgA',
	urgent: false
};
const read = (payload: Buffer) => JSON.parse(payload.toString());

test('is what Safari shows by itself and our service worker reads', () => {
	expect(read(declarative(shown))).toEqual({
		web_push: 8030,
		notification: {
			title: shown.title,
			body: shown.text,
			navigate: shown.url,
			lang: 'zu-ZA',
			tag: shown.tag,
			requireInteraction: false
		}
	});
});

// prettier-ignore
test.each([
	['words', 'water '.repeat(800)],
	['letters of several bytes', 'môre kry ons wéér ’n vergadering '.repeat(200)],
	['pictures', '🚰 '.repeat(2000)],
	['quotes and breaks, which JSON writes longer', '"Leave now"\n\n'.repeat(400)],
	['one word without an end', 'x'.repeat(9000)]
])('a long text of %s ends at a word, and the whole fits every push service', (_, text) => {
	const payload = declarative({ ...shown, text, title: 'T'.repeat(400) });
	expect(payload.length + sealingAdds).toBeLessThanOrEqual(2500);
	expect(payload.length + sealingAdds).toBeGreaterThan(2400);
	const { body, title } = read(payload).notification;
	expect(title).toHaveLength(200);
	expect(body.at(-1)).toBe('…');
	expect(text.startsWith(body.slice(0, -1))).toBe(true);
	const after = text[body.length - 1];
	expect(after === 'x' || /\s/.test(after)).toBe(true);
});

test('the short one says where to read it', () => {
	const { notification } = read(declarativeShort(shown));
	expect(notification).toMatchObject({ title: shown.title, navigate: shown.url });
	expect(notification).not.toHaveProperty('body');
});

test('a topic is 32 characters that say nothing, one for each subject and urgency', () => {
	const topic = topicOf('issue', '0199b1c0', 'normal');
	expect(topic).toMatch(/^[\w-]{32}$/);
	expect(topicOf('issue', '0199b1c0', 'normal')).toBe(topic);
	expect(topicOf('issue', '0199b1c0', 'emergency')).not.toBe(topic);
	expect(topicOf('issue', '0199b1c1', 'normal')).not.toBe(topic);
	useMasterKey(Buffer.alloc(32, 8));
	expect(topicOf('issue', '0199b1c0', 'normal')).not.toBe(topic);
});
