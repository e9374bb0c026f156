/** A district and two local municipalities that do not exist. Ward codes start with 999, which the Demarcation Board does not use. */
// prettier-ignore
export const demoMunicipalities = [
	{ code: 'ULW', mdbCode: 'DC99', name: 'Ulwandle', kind: 'C', district: null, wards: 0 },
	{ code: 'KHA', mdbCode: 'XK991', name: 'Khanyisa', kind: 'B', district: 'ULW', wards: 9 },
	{ code: 'THO', mdbCode: 'XK992', name: 'Thokozani', kind: 'B', district: 'ULW', wards: 4 }
] as const;

export const wardCode = (municipality: 'KHA' | 'THO', ward: number) =>
	`${municipality === 'KHA' ? '99901' : '99902'}${String(ward).padStart(3, '0')}`;

// prettier-ignore
export const demoDepartments = [
	{ municipality: 'KHA', code: 'water', name: 'Water and Sanitation', kind: 'department' },
	{ municipality: 'KHA', code: 'electricity', name: 'Electricity', kind: 'department' },
	{ municipality: 'KHA', code: 'roads', name: 'Roads and Stormwater', kind: 'department' },
	{ municipality: 'KHA', code: 'waste', name: 'Waste Removal', kind: 'department' },
	{ municipality: 'KHA', code: 'parks', name: 'Parks and Cemeteries', kind: 'department' },
	{ municipality: 'KHA', code: 'safety', name: 'Public Safety', kind: 'department' },
	{ municipality: 'KHA', code: 'finance', name: 'Finance and Accounts', kind: 'department' },
	{ municipality: 'KHA', code: 'care', name: 'Customer Care', kind: 'department' },
	{ municipality: 'KHA', code: 'provincial-roads', name: 'Provincial roads authority', kind: 'entity' },
	{ municipality: 'KHA', code: 'power-utility', name: 'National power utility', kind: 'entity' },
	{ municipality: 'THO', code: 'technical', name: 'Technical Services', kind: 'department' },
	{ municipality: 'THO', code: 'community', name: 'Community Services', kind: 'department' },
	{ municipality: 'ULW', code: 'bulk-water', name: 'Bulk Water', kind: 'department' }
] as const;
