import { expect, test } from 'vitest';
import { dropNulOfForm, hasNul } from './no-nul.ts';

test.each([
	['/office/audit?who=%00', true],
	['/office/setup/services/a%00b', true],
	['/office/audit?who=100%2500', false],
	['/issues?q=water', false]
])('%s names NUL: %s', (path, nul) => {
	expect(hasNul(new URL(path, 'http://localhost'))).toBe(nul);
});

test('a form loses its NULs and keeps everything else, files as well', async () => {
	const sent = new FormData();
	sent.append('ward', 'a\0b');
	sent.append('ward', '😀');
	sent.append('photo', new File([new Uint8Array([0, 1])], 'tap.jpg'));
	const request = new Request('http://localhost', { method: 'POST', body: sent });
	dropNulOfForm(request);
	const form = await request.formData();
	expect(form.getAll('ward')).toEqual(['ab', '😀']);
	const photo = form.get('photo') as File;
	expect([photo.name, photo.size]).toEqual(['tap.jpg', 2]);
});
