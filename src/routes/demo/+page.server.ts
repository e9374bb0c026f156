import { error } from '@sveltejs/kit';
import { demoTelling, isDemo } from '../../demo/index.ts';
import { demoPeople } from '../../demo/khanyisa/people.ts';

export function load() {
	if (!isDemo()) error(404, 'This page does not exist, or it is not yours to see.');
	return {
		telling: demoTelling(),
		people: demoPeople.map(({ handle, name, seat, about }) => ({ handle, name, seat, about }))
	};
}
