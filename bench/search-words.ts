/** Titles of issues, as often as they stand here. */
// prettier-ignore
export const things = [
	'Deep pothole in the road', 'Potholes after the rain', 'Pothole at the corner', 'Road washed away', 'Stop sign missing',
	'Street light out', 'Street lights are dark', 'Robot does not work', 'Sewage runs into the stream', 'Blocked drain',
	'Burst pipe, water everywhere', 'Water pressure is low', 'No water since Friday', 'Leaking meter', 'Manhole cover stolen',
	'Rubbish was not collected', 'Illegal dumping behind the school', 'Power cut', 'Cable hangs low', 'Grass too long in the park',
	'Vullis lê al twee weke', 'Gat in die pad', 'Straatlig is af', 'Waterpyp het gebars', 'Riool loop oor',
	'Amanzi ayaphuma emgwaqeni', 'Umgodi emgwaqeni', 'Isibani somgwaqo asikhanyi', 'Indle iyaphuphuma', 'Udoti awuthathwanga',
	'Umbhobho uqhumile', 'Ugesi uhambile', 'Inkunkuma ayithathwanga', 'Amanzi ayavuza', 'Isibane sesitalato asikhanyi',
	'Bench broken at the clinic', 'Fence of the cemetery is down', 'Standpipe gives no water', 'Tanker did not come', 'Stray dogs at the taxi rank'
];

/** Sentences people write. */
// prettier-ignore
export const sayings = [
	'It has been so for two weeks.', 'Children walk there to school every morning.', 'Two tyres have burst here since Friday.', 'It is dark at the bus stop.',
	'It smells behind the clinic.', 'We have phoned three times already.', 'An old woman fell yesterday evening.', 'Cars swerve into the other lane.',
	'Water runs into the yard of number nine.', 'Please send somebody before the weekend.', 'The last repair lasted only a month.', 'Taxis stop in the middle of the road.',
	'Nobody has come to look at it.', 'It becomes worse each time it rains.', 'The neighbours have nothing either.', 'There is glass everywhere.',
	'Die hele straat is donker.', 'Dit ruik al die hele week.', 'Die kinders speel daar.', 'Ons wag nog steeds vir iemand.', 'Die water loop in die erf in.',
	'Izingane zidlala khona.', 'Sifonile kathathu.', 'Kunuka kabi ngemuva kwesikole.', 'Amanzi angena egcekeni.', 'Sicela nithumele umuntu.',
	'Abantwana badlala apho.', 'Sitsalele umnxeba kathathu.', 'Kunuka kakubi emva kwesikolo.', 'Nceda nithumele umntu.', 'Akukho mntu uzileyo.'
];

const names = [
	...[
		'Kerk',
		'Mill',
		'Long',
		'Church',
		'Ntaba',
		'Vlei',
		'School',
		'Station',
		'Voortrekker',
		'Mandela',
		'Sisulu',
		'Biko',
		'Luthuli',
		'Hani',
		'Sobukwe'
	],
	...[
		'Aloe',
		'Protea',
		'Sparrow',
		'Heron',
		'Weaver',
		'River',
		'Dam',
		'Bosch',
		'Berg',
		'Duin',
		'Umlambo',
		'Intaba',
		'Ilanga',
		'Inyanga',
		'Umthi'
	],
	...[
		'Park',
		'Market',
		'Union',
		'Victoria',
		'Loop',
		'Buiten',
		'Kloof',
		'Hoog',
		'Laag',
		'Nuwe',
		'Ou',
		'Wes',
		'Oos',
		'Noord',
		'Suid'
	]
];

/** Streets of a large town. */
export const places = names.flatMap((name) => [
	`${name} Street`,
	`${name} Road`,
	`${name}straat`,
	`${name} Avenue, Extension 2`
]);

/** What people type, and what stands in the title of what they mean. */
// prettier-ignore
export const misspelt: ReadonlyArray<readonly [typed: string, meant: RegExp]> = [
	['patole', /pothole/i], ['potole', /pothole/i], ['pothol', /pothole/i], ['pohtole', /pothole/i], ['pot hole mill rd', /pothole/i],
	['stret ligt', /street light/i], ['streetlite', /street light/i], ['strete light', /street light/i], ['sewrage', /sewage/i], ['sewadge', /sewage/i],
	['burts pipe', /burst pipe/i], ['brust pipe', /burst pipe/i], ['blokked drain', /blocked drain/i], ['manhol cover', /manhole/i], ['rubish', /rubbish/i],
	['ilegal dumpin', /illegal dumping/i], ['vulis', /vullis/i], ['waterpip', /waterpyp|water/i], ['straatlich', /straatlig/i], ['umgodhi', /umgodi/i],
	['isbani', /isiban/i], ['inkukuma', /inkunkuma/i], ['amanzii', /amanzi/i], ['standpype', /standpipe/i], ['cemetry fence', /cemetery/i]
];
