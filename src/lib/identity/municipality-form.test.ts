import * as v from 'valibot';
import { expect, test } from 'vitest';
import { municipalityForm } from './municipality-form.ts';

test('the address of the civic centre keeps its lines, as on an envelope', () => {
	const { facts } = v.parse(municipalityForm, {
		version: '1',
		name: 'Khanyisa',
		languages: ['en'],
		timezone: 'Africa/Johannesburg',
		address: ' Civic Centre\r\n1 Market Street\r\nKhanyisa\n'
	});
	expect(facts.contact.address).toBe('Civic Centre\n1 Market Street\nKhanyisa');
});
