import { expect, test } from 'vitest';
import { awayPage } from './away-page.ts';

const pageAfter = async (fields: Record<string, string>) =>
	(
		await awayPage(
			new URL('http://localhost/sign-in/staff'),
			new Request('http://localhost', { method: 'POST', body: new URLSearchParams(fields) })
		)
	).text();

test('what somebody wrote waits in the page to be sent again', async () => {
	const page = await pageAfter({ description: 'Water </textarea> in Vlei Street', ward: '7' });
	expect(page).toContain('Water &#60;/textarea&#62; in Vlei Street</textarea>');
	expect(page).toContain('name="ward"');
});

test('a form with photos keeps its words; the photos are chosen again', async () => {
	const body = new FormData();
	body.set('description', 'The tap in Kelp Bay runs brown');
	body.set('photo_token', 'of-a-photo-sent-before');
	body.set('photo', new File(['jpeg'], 'tap.jpg', { type: 'image/jpeg' }));
	const page = await (
		await awayPage(
			new URL('http://localhost/report'),
			new Request('http://localhost', { method: 'POST', body })
		)
	).text();
	expect(page).toContain('The tap in Kelp Bay runs brown</textarea>');
	expect(page).toContain('of-a-photo-sent-before</textarea>');
	expect(page).toContain('Photos have to be chosen again.');
	expect(page).not.toContain('jpeg');
});

test.each([
	'password',
	'new_password',
	'code',
	'totp',
	'recovery_code',
	'recovery',
	'sealed',
	'secret',
	'receipt'
])('a %s is in no page; it is typed again', async (name) => {
	const page = await pageAfter({ email: 'joyce@thokozani.example', [name]: 'tell nobody 123456' });
	expect(page).not.toContain('tell nobody');
	expect(page).toContain(`<input type="password" name="${name}"`);
	expect(page).toContain('joyce@thokozani.example');
});
