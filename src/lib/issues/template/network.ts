import { anyOf, ask, meter, oneOf, pole, when, type ServiceTemplate } from './shape.ts';

const wires =
	'Keep everybody 10 metres away and touch nothing. Call 112, or 107 where your town has it, now. They send somebody at once; this form does not.';

/** Water, toilets and sewage, electricity, street lights. */
// prettier-ignore
export const networkServices: ServiceTemplate[] = [
	{ code: 'burst-pipe', name: 'Burst pipe or water running', group: 'Water', to: 'water', priority: 'high', near: 150, keywords: ['leak', 'burst', 'running', 'pipe', 'spraying'],
		questions: [ask('running', 'Is water running onto the road?'), ask('wires', 'Is the water near electric wires or a box?', wires), when('since', 'Since when?')] },
	{ code: 'no-water', name: 'No water', group: 'Water', to: 'water', priority: 'high', near: 250, keywords: ['dry', 'outage', 'off'],
		questions: [oneOf('how-many', 'Who has no water?', 'Only us', 'The street', 'The whole area'), when('since', 'Since when?')] },
	{ code: 'low-pressure', name: 'Weak water pressure', group: 'Water', to: 'water', near: 150, keywords: ['pressure', 'slow', 'drip'] },
	{ code: 'water-quality', name: 'Dirty or bad-smelling water', group: 'Water', to: 'water', priority: 'high', near: 250, keywords: ['brown', 'smell', 'sick', 'taste'],
		questions: [anyOf('what', 'What is wrong with it?', 'Colour', 'Smell', 'Taste', 'Things in it'), ask('sick', 'Is somebody sick from it?')] },
	{ code: 'meter-leak', name: 'Leak at a water meter or tap', group: 'Water', to: 'water', near: 15, keywords: ['meter', 'tap', 'drip'], questions: [meter] },
	{ code: 'communal-tap', name: 'Communal tap broken', group: 'Water', to: 'water', priority: 'high', near: 30, keywords: ['standpipe', 'tap', 'informal'] },
	{ code: 'hydrant', name: 'Fire hydrant broken or leaking', group: 'Water', to: 'water', near: 20, keywords: ['hydrant', 'fire'] },
	{ code: 'water-tanker', name: 'Water tanker did not come', group: 'Water', to: 'water', priority: 'high', near: 500, keywords: ['tanker', 'truck', 'jojo'], questions: [when('expected', 'When should it have come?')] },

	{ code: 'blocked-sewer', name: 'Blocked drain or sewer', group: 'Toilets and sewage', to: 'water', priority: 'high', near: 50, keywords: ['drain', 'sewer', 'overflow', 'blocked'],
		questions: [ask('house', 'Is it coming into a house?')] },
	{ code: 'sewage-spill', name: 'Sewage running in the open', group: 'Toilets and sewage', to: 'water', priority: 'high', near: 100, keywords: ['sewage', 'spill', 'river', 'smell'] },
	{ code: 'manhole', name: 'Manhole cover missing or broken', group: 'Toilets and sewage', to: 'water', priority: 'high', near: 20, keywords: ['manhole', 'cover', 'hole'], questions: [ask('fallen', 'Has somebody fallen in?', 'Call 112 now.')] },
	{ code: 'communal-toilet', name: 'Communal toilet blocked or broken', group: 'Toilets and sewage', to: 'water', near: 30, keywords: ['toilet', 'ablution', 'informal'], questions: [oneOf('how-many', 'How many do not work?', 'One', 'A few', 'All of them')] },
	{ code: 'toilet-emptying', name: 'Toilet not emptied', group: 'Toilets and sewage', to: 'water', near: 30, keywords: ['bucket', 'chemical', 'pit', 'honeysucker', 'septic'] },

	{ code: 'live-wires', name: 'Wires down, sparks or a shock', group: 'Electricity', to: 'electricity', priority: 'emergency', near: 100, keywords: ['wire', 'cable', 'spark', 'shock', 'danger'], stop: wires },
	{ code: 'no-power-area', name: 'No power in the street or area', group: 'Electricity', to: 'electricity', priority: 'high', near: 300, keywords: ['outage', 'blackout', 'trip'], questions: [when('since', 'Since when?')] },
	{ code: 'no-power-house', name: 'No power in one house', group: 'Electricity', to: 'electricity', priority: 'high', near: 0, keywords: ['trip', 'house', 'prepaid'], questions: [meter, ask('vouchers', 'Is there credit on the meter?')] },
	{ code: 'power-box', name: 'Electricity box open or damaged', group: 'Electricity', to: 'electricity', priority: 'high', near: 20, keywords: ['substation', 'kiosk', 'box', 'door'], questions: [ask('wires', 'Can children reach the wires?', wires)] },
	{ code: 'power-dips', name: 'Power dips or lights flicker', group: 'Electricity', to: 'electricity', near: 200, keywords: ['flicker', 'dip', 'surge'] },
	{ code: 'illegal-connection', name: 'Illegal connection or cable theft', group: 'Electricity', to: 'electricity', near: 50, private: true, keywords: ['theft', 'izinyoka', 'illegal', 'cable'] },
	{ code: 'prepaid', name: 'Prepaid meter or token does not work', group: 'Electricity', to: 'electricity', near: 0, private: true, named: true, keywords: ['token', 'voucher', 'prepaid', 'meter'], questions: [{ ...meter, required: true }] },

	{ code: 'street-light', name: 'One street light out', group: 'Street lights', to: 'electricity', near: 30, keywords: ['lamp', 'dark', 'light'], questions: [pole, oneOf('what', 'What does it do?', 'Stays dark', 'Flickers', 'Burns by day', 'Hangs or is broken')] },
	{ code: 'street-lights', name: 'Several street lights out', group: 'Street lights', to: 'electricity', near: 150, keywords: ['dark', 'street', 'row'], questions: [pole, { code: 'how-many', question: 'About how many?', datatype: 'number' }] },
	{ code: 'high-mast', name: 'High mast light out', group: 'Street lights', to: 'electricity', priority: 'high', near: 200, keywords: ['mast', 'tower', 'apollo'], questions: [pole] },
	{ code: 'new-light', name: 'A place that needs a light', group: 'Street lights', to: 'electricity', priority: 'low', near: 100, keywords: ['new', 'dark', 'safe'] }
];
