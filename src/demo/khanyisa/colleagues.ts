import type { DemoPerson } from './people.ts';

type Colleague = Pick<
	DemoPerson,
	'name' | 'municipality' | 'role' | 'department' | 'wards' | 'term'
>;

const officer = (name: string, municipality: 'KHA' | 'THO', department: string): Colleague => ({
	name,
	municipality,
	role: 'department_officer',
	department
});
const councillor = (name: string, municipality: 'KHA' | 'THO', ward: number): Colleague => ({
	name,
	municipality,
	role: 'councillor',
	wards: [ward],
	term: 'ward'
});

/** Others who work in the demonstration, so that every department and ward has somebody. Ward 4 of Khanyisa has no councillor just now. */
export const demoColleagues: Colleague[] = [
	officer('Yolanda Pieterse', 'KHA', 'electricity'),
	officer('Sizwe Ngcobo', 'KHA', 'roads'),
	officer('Marlene Isaacs', 'KHA', 'waste'),
	officer('Gift Mahlangu', 'KHA', 'parks'),
	officer('Captain Daniels', 'KHA', 'safety'),
	officer('Nomvula Titus', 'THO', 'community'),
	councillor('Mandisa Jali', 'KHA', 1),
	councillor('Frans Cupido', 'KHA', 2),
	councillor('Nozipho Madlala', 'KHA', 3),
	councillor('Ebrahim Salie', 'KHA', 5),
	councillor('Thulani Biyela', 'KHA', 6),
	councillor('Annelise Brand', 'KHA', 8),
	councillor('Sandile Mbatha', 'KHA', 9),
	councillor('Joseph Moyo', 'THO', 2),
	councillor('Ragel Swarts', 'THO', 3)
];
