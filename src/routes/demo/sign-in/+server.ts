import { error, redirect } from '@sveltejs/kit';
import { isDemo } from '../../../demo/index.ts';
import { demoPeople } from '../../../demo/khanyisa/people.ts';
import { demoPersonId } from '#lib/identity/server/index.ts';
import { signIn } from '#lib/web/session-cookie.ts';

/** Signs in as somebody of the demonstration, second factor included. */
export async function POST(event) {
	if (!isDemo()) error(404, 'This page does not exist, or it is not yours to see.');

	const handle = String((await event.request.formData()).get('account') ?? '');
	const person = demoPeople.find((each) => each.handle === handle);
	const personId = person && (await demoPersonId(event.locals.db, handle));
	if (!person || !personId) error(404, 'Nobody of that name lives in the demonstration.');

	const staff = person.role !== undefined;
	await signIn(event, personId, {
		kind: staff ? 'staff' : 'resident',
		secondFactorAt: staff ? new Date() : null
	});
	event.cookies.set('m', person.municipality, {
		path: '/',
		secure: event.url.protocol === 'https:'
	});
	redirect(303, staff ? '/office' : '/');
}
