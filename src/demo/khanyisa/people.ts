import type { Role } from '#lib/identity/permissions.ts';

export type Seat = 'live' | 'elected' | 'work' | 'safe' | 'relief' | 'run';

/** One person of the demonstration: who they are, what they may do, and why one would want to be them. */
export interface DemoPerson {
	handle: string;
	name: string;
	seat: Seat;
	about: string;
	municipality: 'KHA' | 'THO' | 'ULW';
	/** None: a resident needs no grant. */
	role?: Role;
	department?: string;
	wards?: number[];
	term?: 'ward' | 'pr';
	email: string;
	phone?: string;
	language?: string;
}

const at = (name: string) => `${name}@khanyisa.example`;

/** The people of Khanyisa, its neighbour Thokozani and the Ulwandle District. Nobody is real. */
// prettier-ignore
export const demoPeople: DemoPerson[] = [
	{ handle: 'resident', name: 'Thandi Mokoena', seat: 'live', about: 'Has a burst pipe, and a light that is “fixed”', municipality: 'KHA', email: 'thandi@mail.example', phone: '+27820000101', language: 'en' },
	{ handle: 'resident-2', name: 'Ayanda Booysen', seat: 'live', about: 'Reports without a smartphone', municipality: 'KHA', email: 'ayanda@mail.example', phone: '+27820000102', language: 'zu' },
	{ handle: 'councillor', name: 'Lindiwe Hartzen', seat: 'elected', about: 'Ward 7. People wait for her answer', municipality: 'KHA', role: 'councillor', wards: [7], term: 'ward', email: at('lindiwe') },
	{ handle: 'councillor-2', name: 'Themba Oosthuis', seat: 'elected', about: 'Proportional, helps in wards 3 and 7', municipality: 'KHA', role: 'councillor', wards: [3, 7], term: 'pr', email: at('themba') },
	{ handle: 'ward-committee', name: 'Sibongile Cele', seat: 'elected', about: 'Ward committee, ward 7: streets and safety', municipality: 'KHA', role: 'ward_committee', wards: [7], email: at('sibongile') },
	{ handle: 'agent', name: 'Pumla Jantjies', seat: 'work', about: 'Takes calls, types for others, looks after the queue', municipality: 'KHA', role: 'agent', email: at('pumla') },
	{ handle: 'department-officer', name: 'Riaan Mabuza', seat: 'work', about: 'Water and Sanitation', municipality: 'KHA', role: 'department_officer', department: 'water', email: at('riaan') },
	{ handle: 'field-worker', name: 'Bheki Nkosi', seat: 'work', about: 'Water and Sanitation, out on the road', municipality: 'KHA', role: 'field_worker', department: 'water', email: at('bheki') },
	{ handle: 'supervisor', name: 'Farida Solomons-Nkosi', seat: 'work', about: 'Hands out the work in Water and Sanitation', municipality: 'KHA', role: 'supervisor', department: 'water', email: at('farida') },
	{ handle: 'director', name: 'Deon Mthembu', seat: 'work', about: 'Director, Water and Sanitation', municipality: 'KHA', role: 'director', department: 'water', email: at('deon') },
	{ handle: 'municipal-manager', name: 'Zanele van Wyk', seat: 'run', about: 'Answers for all of it', municipality: 'KHA', role: 'municipal_manager', email: at('zanele') },
	{ handle: 'communications', name: 'Lerato Fortuin', seat: 'work', about: 'Words, news and moderation', municipality: 'KHA', role: 'communications', email: at('lerato') },
	{ handle: 'translator', name: 'Nokuthula Dube', seat: 'work', about: 'Reviews isiZulu and isiXhosa', municipality: 'KHA', role: 'translator', email: at('nokuthula') },
	{ handle: 'disaster-officer', name: 'Sipho Dlamini', seat: 'safe', about: 'Will write warnings', municipality: 'KHA', role: 'disaster_officer', email: at('sipho') },
	{ handle: 'disaster-approver', name: 'Nomsa Khumalo', seat: 'safe', about: 'Will approve warnings', municipality: 'KHA', role: 'disaster_approver', email: at('nomsa') },
	{ handle: 'incident-commander', name: 'Johan Maseko', seat: 'safe', about: 'May break the glass', municipality: 'KHA', role: 'incident_commander', email: at('johan') },
	{ handle: 'aid-registrar', name: 'Neo Adams', seat: 'relief', about: 'Writes down who needs what', municipality: 'KHA', role: 'aid_registrar', email: at('neo') },
	{ handle: 'aid-approver', name: 'Grace Sithole-Marais', seat: 'relief', about: 'Approves; never registers', municipality: 'KHA', role: 'aid_approver', email: at('grace') },
	{ handle: 'aid-storekeeper', name: 'Vuyo Daniels', seat: 'relief', about: 'Counts the store', municipality: 'KHA', role: 'aid_storekeeper', email: at('vuyo') },
	{ handle: 'aid-distributor', name: 'Mandla Petersen', seat: 'relief', about: 'Hands over at the table', municipality: 'KHA', role: 'aid_distributor', email: at('mandla') },
	{ handle: 'aid-finance', name: 'Ruth Ndaba', seat: 'relief', about: 'Follows the money', municipality: 'KHA', role: 'aid_finance', email: at('ruth') },
	{ handle: 'aid-verifier', name: 'Kagiso Smit', seat: 'relief', about: 'Looks again at the doubtful', municipality: 'KHA', role: 'aid_verifier', email: at('kagiso') },
	{ handle: 'aid-adjudicator', name: 'Precious Louw', seat: 'relief', about: 'Decides appeals', municipality: 'KHA', role: 'aid_adjudicator', email: at('precious') },
	{ handle: 'aid-complaints', name: 'Tumelo Jacobs', seat: 'relief', about: 'Hears complaints in confidence', municipality: 'KHA', role: 'aid_complaints', email: at('tumelo') },
	{ handle: 'aid-auditor', name: 'Elsie Radebe', seat: 'relief', about: 'Reads everything, changes nothing', municipality: 'KHA', role: 'aid_auditor', email: at('elsie') },
	{ handle: 'admin', name: 'Chris Majola', seat: 'run', about: 'Wards, people, services', municipality: 'KHA', role: 'admin', email: at('chris') },
	{ handle: 'district-admin', name: 'Palesa Venter', seat: 'run', about: 'Sees Khanyisa and its neighbour', municipality: 'ULW', role: 'district_admin', email: 'palesa@ulwandle.example' },
	{ handle: 'neighbour-councillor', name: 'Hendrik Zondi', seat: 'elected', about: 'Thokozani, ward 1: another municipality', municipality: 'THO', role: 'councillor', wards: [1], term: 'ward', email: 'hendrik@thokozani.example' },
	{ handle: 'neighbour-officer', name: 'Anele Botha', seat: 'work', about: 'Thokozani, Technical Services', municipality: 'THO', role: 'department_officer', department: 'technical', email: 'anele@thokozani.example' },
	{ handle: 'neighbour-admin', name: 'Joyce Tshabalala', seat: 'run', about: 'Runs Thokozani', municipality: 'THO', role: 'admin', email: 'joyce@thokozani.example' }
];
