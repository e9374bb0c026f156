import { expect, test } from 'vitest';
import { formState } from './form-state.ts';

test('a fresh form shows what is stored', () => {
	const form = formState(null);
	expect(form.text('name', 'Water')).toBe('Water');
	expect(form.text('phone', null)).toBe('');
	expect(form.ticked('private', true)).toBe(true);
	expect(form.error('name')).toBeUndefined();
});

test('a refused form shows what was sent, also what was emptied or unticked', () => {
	const form = formState({
		problems: [{ field: 'name', message: 'Give it a name' }],
		sent: { name: [''], label: ['Police', 'Fire'] }
	});
	expect(form.text('name', 'Water')).toBe('');
	expect(form.ticked('private', true)).toBe(false);
	expect(form.all('label', [])).toEqual(['Police', 'Fire']);
	expect(form.error('name')).toBe('Give it a name');
});
