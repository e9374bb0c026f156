import type { Alert } from '#lib/alerts/alert.ts';
import type { CapHouse } from '#lib/alerts/server/cap/compose.ts';

/** A ring in Khanyisa, GeoJSON order. */
export const thembeni = [
	[18.861, -33.941],
	[18.872, -33.941],
	[18.872, -33.952],
	[18.861, -33.952],
	[18.861, -33.941]
];

/** The wildfire above Lower Thembeni on Tuesday afternoon, as it was approved. */
export const wildfire = (more: Partial<Alert> = {}): Alert => ({
	id: '01932f00-5c00-7000-8000-0000000000a1',
	incidentId: '01932f00-5c00-7000-8000-0000000000ff',
	number: 'K7F-2QD',
	version: 1,
	municipalityId: '01932f00-5c00-7000-8000-000000000001',
	status: 'actual',
	kind: 'alert',
	state: 'live',
	template: 'wildfire_leave_now',
	level: 'emergency_warning',
	cap: {
		category: 'Fire',
		event: 'Wildfire',
		responseType: 'Evacuate',
		urgency: 'Immediate',
		severity: 'Extreme',
		certainty: 'Observed'
	},
	texts: [
		{
			language: 'en',
			source: 'Khanyisa Disaster Management Centre',
			headline: 'WILDFIRE moving fast towards houses in Lower Thembeni',
			description:
				'WILDFIRE moving fast towards houses from Ntaba Street to Mill Road. Issued Tuesday 14:02.',
			instruction:
				'LEAVE NOW towards the stadium in Main Road. If you cannot leave, call 10177 and go to an open field.',
			areaDescription: 'Lower Thembeni, Ntaba Street to Mill Road',
			push: {
				title: 'WILDFIRE: LEAVE NOW',
				body: 'WILDFIRE moving fast towards houses from Ntaba Street to Mill Road. LEAVE NOW towards the stadium.'
			},
			sms: 'Khanyisa Disaster Management: WILDFIRE Ntaba Street to Mill Road. LEAVE NOW to the stadium. Till 20:00. https://khanyisa.imbizo.example/a/K7F-2QD',
			reviewedBy: 'Thandi Mokoena, 3 November 2026'
		},
		{
			language: 'zu',
			source: 'Isikhungo Sokulawulwa Kwezinhlekelele sase-Khanyisa',
			headline: 'UMLILO ushesha uya ezindlini eLower Thembeni',
			description: 'UMLILO ushesha uya ezindlini ukusuka eNtaba Street kuya eMill Road. 14:02.',
			instruction: 'PHUMA MANJE uye enkundleni eMain Road. Uma ungakwazi, shayela u-10177.',
			areaDescription: 'Lower Thembeni, Ntaba Street',
			push: { title: 'UMLILO: PHUMA MANJE', body: 'UMLILO. PHUMA MANJE uye enkundleni.' },
			sms: 'Khanyisa: UMLILO eNtaba Street. PHUMA MANJE. https://khanyisa.imbizo.example/a/K7F-2QD',
			reviewedBy: 'Ayanda Dlamini, 4 November 2026'
		},
		{
			language: 'af',
			source: 'Khanyisa Rampbestuursentrum',
			headline: 'VELDBRAND beweeg vinnig na huise in Lower Thembeni',
			description: 'VELDBRAND beweeg vinnig na huise van Ntabastraat tot Meulweg.',
			instruction: 'GAAN NOU na die stadion in Hoofweg.',
			areaDescription: 'Lower Thembeni',
			push: { title: 'VELDBRAND: GAAN NOU', body: 'VELDBRAND. GAAN NOU na die stadion.' },
			sms: 'Khanyisa: VELDBRAND. GAAN NOU. https://khanyisa.imbizo.example/a/K7F-2QD',
			reviewedBy: null
		}
	],
	area: { type: 'MultiPolygon', coordinates: [[thembeni]] },
	wards: [{ code: '99901007', name: 'Ward 7' }],
	places: ['Lower Thembeni', 'Ntaba Street', 'Mill Road'],
	legalBasis: { kind: 'advice' },
	issuedAt: new Date('2026-11-24T12:02:40Z'),
	onsetAt: null,
	expiresAt: new Date('2026-11-24T18:00:00Z'),
	nextUpdateAt: new Date('2026-11-24T13:30:00Z'),
	contentHash: 'c0'.repeat(32),
	areaHash: 'a0'.repeat(32),
	references: [],
	...more
});

/** Lower Thembeni, and a square as large two kilometres to the east. */
export const twoZones: Pick<Alert, 'area' | 'wards'> = {
	area: {
		type: 'MultiPolygon',
		coordinates: [
			[thembeni],
			[thembeni.map(([lon, lat]) => [Number((lon + 0.02).toFixed(6)), lat])]
		]
	},
	wards: [
		{ code: '99901007', name: 'Ward 7' },
		{ code: '99901008', name: 'Ward 8' }
	]
};

/** What the disaster management centre of Khanyisa adds to a message. */
export const khanyisaHouse: CapHouse = {
	slug: 'khanyisa',
	sender: 'dmc@khanyisa.imbizo.example',
	timezone: 'Africa/Johannesburg',
	origin: 'https://khanyisa.imbizo.example',
	contact: '044 000 0100'
};
