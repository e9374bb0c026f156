/** Kinds of trouble in Khanyisa: what people write, what the department answers, how long it takes there. */
export interface Scene {
	service: string;
	department: string;
	/** How often, against the others. */
	weight: number;
	/** Median days until the department says it is done. */
	days: number;
	/** What residents write; `{place}` is where it is. Mostly English, as they speak. */
	reports: Array<[words: string, language?: string]>;
	/** What the department says when it starts, and when it says it is done. */
	starts: string;
	done: string;
	photo: 'water' | 'road' | 'light' | 'waste' | 'tree' | 'sewer';
}

// prettier-ignore
export const scenes: Scene[] = [
	{ service: 'burst-pipe', department: 'water', weight: 9, days: 4, photo: 'water',
		reports: [['Water is running down the road at {place} since last night. It is going into two yards.'], ['A pipe burst at {place}. The whole street is wet and the pressure is low.'], ['Ipayipi liqhumile e-{place}, amanzi agobhoza emgwaqweni.', 'zu'], ['’n Pyp het gebars by {place} en die water loop in die straat af.', 'af']],
		starts: 'The pipe is open. The joint must be replaced; the part comes from the Old Mill store.', done: 'The joint is new and the water is open again. We looked at it a second time the next morning.' },
	{ service: 'no-water', department: 'water', weight: 7, days: 1.5, photo: 'water',
		reports: [['No water at {place} since this morning. We were not told.'], ['There is no water from the tap at {place}. My mother carries from the river.'], ['Akukho manzi e-{place} selokhu ekuseni.', 'zu']],
		starts: 'A valve was closed for a repair and not opened again. We are opening it street by street.', done: 'The valve is open. Water is back in every street we checked.' },
	{ service: 'meter-leak', department: 'water', weight: 6, days: 8, photo: 'water',
		reports: [['The meter at {place} leaks day and night.'], ['Small leak at the standpipe near {place}. Children play in the mud.']],
		starts: 'The team has seen it. The washer is worn through.', done: 'New washer and a new tap. Dry when we left.' },
	{ service: 'blocked-sewer', department: 'water', weight: 9, days: 1, photo: 'sewer',
		reports: [['Sewage is coming up out of the manhole at {place}. It smells and children walk through it.'], ['Blocked drain at {place}, second time this month.'], ['Umbhobho wendle uvaliwe e-{place}.', 'zu']],
		starts: 'The jetting truck is there.', done: 'Jetted from manhole to manhole and washed down. Rags and fat; please keep them out of the drain.' },
	{ service: 'street-light', department: 'electricity', weight: 10, days: 6, photo: 'light',
		reports: [['Street light out at {place}. It is dark where people walk from the taxi.'], ['Three lights in a row are dead at {place}.'], ['Isibani somgwaqo asikhanyi e-{place}.', 'zu'], ['Die straatlig by {place} is al ’n week dood.', 'af']],
		starts: 'The lamp and the photocell are on the truck for tomorrow.', done: 'New lamp and photocell. It came on by itself at dusk.' },
	{ service: 'no-power-area', department: 'electricity', weight: 5, days: 0.4, photo: 'light',
		reports: [['No electricity at {place} since 18:00. The neighbours across the road have light.'], ['The power trips every evening at {place} when people cook.']],
		starts: 'A fuse in the mini-substation. The team is at the gate.', done: 'Fuse replaced and the load shared over two phases.' },
	{ service: 'pothole', department: 'roads', weight: 9, days: 30, photo: 'road',
		reports: [['Deep pothole at {place}. Two cars burst a tyre this week.'], ['The road at {place} has a hole as wide as a table. Taxis swerve into the other lane.'], ['Kunomgodi omkhulu emgwaqweni e-{place}.', 'zu']],
		starts: 'On the list of the patching team for this ward.', done: 'Cut square, filled and rolled.' },
	{ service: 'storm-drain', department: 'roads', weight: 4, days: 15, photo: 'road',
		reports: [['The stormwater drain at {place} is full of sand and plastic. With the next rain it comes into the houses.'], ['Drain cover missing at {place}. Somebody will fall in.']],
		starts: 'The team opens the drain by hand; a machine cannot get in.', done: 'Two loads of sand taken out, cover put back.' },
	{ service: 'missed-collection', department: 'waste', weight: 7, days: 2, photo: 'waste',
		reports: [['The bins at {place} were not collected on Tuesday. Dogs tear them open.'], ['No refuse truck at {place} for two weeks.'], ['Die vullis by {place} is nie verwyder nie.', 'af']],
		starts: 'The truck broke down; a second one goes the round tomorrow.', done: 'Collected. The round is back on its day.' },
	{ service: 'dumping', department: 'waste', weight: 7, days: 12, photo: 'waste',
		reports: [['People dump building rubble at {place}. Now there are rats.'], ['A heap of rubbish at {place} is growing every day, next to the school.']],
		starts: 'A grab truck is booked.', done: 'Four loads taken away, and a sign put up. Tell us when you see somebody dump.' },
	{ service: 'fallen-tree', department: 'parks', weight: 3, days: 3, photo: 'tree',
		reports: [['A branch broke and hangs over the path at {place}.'], ['After the wind a tree lies across the pavement at {place}.']],
		starts: 'The saw team is there.', done: 'Cut up and chipped. The stump stays for now.' },
	{ service: 'grass', department: 'parks', weight: 3, days: 14, photo: 'tree',
		reports: [['The grass at {place} is taller than a child. People are robbed there.'], ['Nobody cuts the park at {place} any more.']],
		starts: 'This week’s round comes past.', done: 'Cut and raked.' },
	{ service: 'abandoned-car', department: 'safety', weight: 2, days: 9, photo: 'road',
		reports: [['A car without wheels has stood at {place} since winter. Children play in it.']],
		starts: 'The owner has seven days; after that we tow it.', done: 'Towed to the pound.' }
];

export interface SuggestionScene {
	ward: number;
	words: string;
	/** What the councillor of the ward said to it, if anything yet. */
	answer?: { deed: 'consider' | 'accept' | 'reject'; words: string };
}

// prettier-ignore
export const suggestions: SuggestionScene[] = [
	{ ward: 7, words: 'Speed humps in Mill Road before the school. Children cross there and the taxis do not slow down.', answer: { deed: 'accept', words: 'You are right. I promised it: see the promise on this page.' } },
	{ ward: 7, words: 'A second standpipe in Lower Thembeni. Nine houses share one tap.', answer: { deed: 'accept', words: 'The pipe is there; the pump is what fails. I promised a date.' } },
	{ ward: 7, words: 'Open the library until 19:00 on two days, so that learners without light at home can read.' },
	{ ward: 3, words: 'Put a bench and a roof at the clinic gate. Old people wait there from five in the morning.', answer: { deed: 'consider', words: 'I asked the clinic whose ground it is. I answer when I know.' } },
	{ ward: 3, words: 'Let the youth paint the wall of the sports ground.', answer: { deed: 'accept', words: 'Yes. The paint comes from the depot; fetch the key from the caretaker.' } },
	{ ward: 1, words: 'More bins on the beach at weekends.', answer: { deed: 'accept', words: 'Ten more are ordered.' } },
	{ ward: 5, words: 'A footbridge over the stream. When it rains the children walk an hour around.', answer: { deed: 'consider', words: 'An engineer has looked. I promised that you see the drawing.' } },
	{ ward: 2, words: 'Hold one ward meeting in the evening. People who work cannot come at 14:00.', answer: { deed: 'reject', words: 'The hall closes at 17:00 and no guard is paid after that. We meet on a Saturday instead.' } },
	{ ward: 9, words: 'Plant shade trees along the road to the taxi rank.' }
];

/** Neighbours who sign with their names, where they agree to it. */
export const neighbours = [
	'Nosipho Ndlela',
	'Willem Fortuin',
	'Thabo Molefe',
	'Busisiwe Zwane',
	'Charmaine Adonis',
	'Jabu Sithole',
	'Fatima Davids',
	'Lungelo Mkhize',
	'Petrus Hendricks',
	'Zodwa Mthethwa',
	'Sarel Koopman',
	'Nandi Gumede'
];
