import { expect, test } from 'vitest';
import { dropNulOfForm } from './no-nul.ts';
import { rememberForm } from './remember-form.ts';

const sent = (words: string) => {
	const body = new FormData();
	body.set('words', words);
	return new Request('http://localhost', { method: 'POST', body });
};

test('a form that a page has read is there to be read again', async () => {
	const request = sent('The tap runs brown');
	rememberForm(request);
	expect((await request.formData()).get('words')).toBe('The tap runs brown');
	expect((await request.formData()).get('words')).toBe('The tap runs brown');
});

test('a form that no page came to read is read now', async () => {
	const request = sent('Nobody read me');
	rememberForm(request);
	expect(request.bodyUsed).toBe(false);
	expect((await request.formData()).get('words')).toBe('Nobody read me');
});

test('the sign that no text can hold is dropped each time', async () => {
	const request = sent('a\0b');
	rememberForm(request);
	dropNulOfForm(request);
	expect((await request.formData()).get('words')).toBe('ab');
	expect((await request.formData()).get('words')).toBe('ab');
});
