import { expect, test } from 'vitest';
import { fault } from './log.ts';

test('a failed statement is logged without the phone number it carried', () => {
	const cause = Object.assign(new Error('Key (value)=(+27820000101) already exists'), {
		code: '23505',
		routine: '_bt_check_unique',
		constraint: 'contact_points_value',
		detail: 'Key (value)=(+27820000101) already exists.'
	});
	const thrown = new Error(
		'Failed query: insert into contact_points values ($1)\nparams: +27820000101',
		{ cause }
	);
	const logged = JSON.stringify(fault(thrown));
	expect(logged).not.toContain('27820000101');
	expect(logged).toContain('23505');
	expect(logged).toContain('insert into contact_points');
});
