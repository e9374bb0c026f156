import { anyOf, ask, line, oneOf, when, type ServiceTemplate } from './shape.ts';

/** Roads and stormwater, rubbish, parks and trees, public safety, animals. */
// prettier-ignore
export const streetServices: ServiceTemplate[] = [
	{ code: 'pothole', name: 'Pothole', group: 'Roads and stormwater', to: 'roads', near: 50, keywords: ['hole', 'tar', 'road'], questions: [oneOf('size', 'How big is it?', 'Like a plate', 'Like a car tyre', 'Bigger')] },
	{ code: 'road-damage', name: 'Road washed away or broken up', group: 'Roads and stormwater', to: 'roads', priority: 'high', near: 100, keywords: ['washed', 'collapse', 'sinkhole'], questions: [ask('closed', 'Can cars still pass?')] },
	{ code: 'gravel-road', name: 'Gravel road needs grading', group: 'Roads and stormwater', to: 'roads', near: 300, keywords: ['gravel', 'dirt', 'scrape', 'grade'] },
	{ code: 'storm-drain', name: 'Stormwater drain blocked or broken', group: 'Roads and stormwater', to: 'roads', near: 50, keywords: ['drain', 'stormwater', 'catchpit', 'grid'] },
	{ code: 'flooding', name: 'Flooded street or yard', group: 'Roads and stormwater', to: 'roads', priority: 'high', near: 100, keywords: ['flood', 'water', 'rain'], questions: [ask('people', 'Is somebody trapped or in danger?', 'Go to higher ground. Do not walk or drive through the water. Call 112 now.')] },
	{ code: 'traffic-light', name: 'Traffic light out', group: 'Roads and stormwater', to: 'roads', priority: 'high', near: 50, keywords: ['robot', 'traffic', 'signal'] },
	{ code: 'road-sign', name: 'Road sign missing or damaged', group: 'Roads and stormwater', to: 'roads', near: 30, keywords: ['sign', 'stop', 'name'] },
	{ code: 'road-marking', name: 'Road markings worn away', group: 'Roads and stormwater', to: 'roads', priority: 'low', near: 50, keywords: ['paint', 'lines', 'crossing'] },
	{ code: 'pavement', name: 'Pavement or kerb broken', group: 'Roads and stormwater', to: 'roads', near: 30, keywords: ['sidewalk', 'kerb', 'wheelchair', 'trip'] },
	{ code: 'speed-hump', name: 'A place where cars go too fast', group: 'Roads and stormwater', to: 'roads', priority: 'low', near: 150, keywords: ['hump', 'speed', 'school', 'crossing'] },
	{ code: 'bridge', name: 'Bridge or footbridge damaged', group: 'Roads and stormwater', to: 'roads', priority: 'high', near: 50, keywords: ['bridge', 'railing'] },

	{ code: 'missed-collection', name: 'Rubbish was not collected', group: 'Rubbish', to: 'waste', near: 200, keywords: ['bin', 'truck', 'refuse', 'bags'], questions: [when('day', 'On which day should it have been collected?')] },
	{ code: 'dumping', name: 'Illegal dumping', group: 'Rubbish', to: 'waste', near: 75, keywords: ['dump', 'rubble', 'tyres', 'heap'], questions: [anyOf('what', 'What was dumped?', 'Household rubbish', 'Building rubble', 'Tyres', 'Garden waste', 'Chemicals or needles'), line('vehicle', 'Number plate, if you saw who did it', 'This is not shown')] },
	{ code: 'public-bin', name: 'Public bin or skip overflowing', group: 'Rubbish', to: 'waste', near: 30, keywords: ['skip', 'container', 'full'] },
	{ code: 'bin-damaged', name: 'Wheelie bin broken, stolen or missing', group: 'Rubbish', to: 'waste', near: 0, named: true, keywords: ['wheelie', 'bin', 'new'] },
	{ code: 'street-cleaning', name: 'Street or gutter needs cleaning', group: 'Rubbish', to: 'waste', priority: 'low', near: 75, keywords: ['litter', 'sweep', 'glass'] },
	{ code: 'dead-animal', name: 'Dead animal', group: 'Rubbish', to: 'waste', near: 30, keywords: ['dead', 'dog', 'carcass', 'road'] },

	{ code: 'fallen-tree', name: 'Tree fallen or about to fall', group: 'Parks and trees', to: 'parks', priority: 'high', near: 30, keywords: ['tree', 'storm', 'branch'], questions: [ask('wires', 'Does it touch electric wires?', 'Keep everybody 10 metres away. Call 112 now.'), ask('blocks', 'Does it block a road?')] },
	{ code: 'tree-pruning', name: 'Tree needs cutting back', group: 'Parks and trees', to: 'parks', priority: 'low', near: 30, keywords: ['branch', 'prune', 'roots'] },
	{ code: 'grass', name: 'Grass or bush not cut', group: 'Parks and trees', to: 'parks', near: 100, keywords: ['grass', 'verge', 'overgrown', 'bush'] },
	{ code: 'playground', name: 'Playground or park broken', group: 'Parks and trees', to: 'parks', near: 50, keywords: ['swing', 'park', 'bench', 'fence'], questions: [ask('danger', 'Could a child be hurt on it?')] },
	{ code: 'cemetery', name: 'Cemetery not cared for', group: 'Parks and trees', to: 'parks', near: 200, keywords: ['grave', 'cemetery'] },
	{ code: 'alien-plants', name: 'Plants choking a river or field', group: 'Parks and trees', to: 'parks', priority: 'low', near: 200, keywords: ['weed', 'alien', 'hyacinth'] },

	{ code: 'fire', name: 'Fire', group: 'Public safety', to: 'safety', priority: 'emergency', near: 0, keywords: ['fire', 'smoke', 'burning'], stop: 'Get everybody out and away. Call 112, or 107 where your town has it, now. They send somebody at once; this form does not.' },
	{ code: 'crime', name: 'A crime, or somebody in danger', group: 'Public safety', to: 'safety', priority: 'emergency', near: 0, keywords: ['crime', 'theft', 'violence', 'gun'], stop: 'Call the police on 10111, or 112 from a cell phone, now. For violence at home: 0800 428 428, at any hour, free. This form does not reach the police.' },
	{ code: 'noise', name: 'Noise', group: 'Public safety', to: 'safety', near: 50, private: true, keywords: ['music', 'tavern', 'loud', 'party'], questions: [when('when', 'When was it worst?')] },
	{ code: 'abandoned-car', name: 'Abandoned or wrecked car', group: 'Public safety', to: 'safety', priority: 'low', near: 30, keywords: ['car', 'wreck', 'scrap'], questions: [line('plate', 'Number plate, if there is one')] },
	{ code: 'parking', name: 'Parking or trading that blocks the way', group: 'Public safety', to: 'safety', near: 30, keywords: ['parking', 'taxi', 'pavement', 'trading'] },
	{ code: 'vandalism', name: 'Vandalism or theft of public property', group: 'Public safety', to: 'safety', near: 50, keywords: ['vandal', 'graffiti', 'stolen', 'copper'] },
	{ code: 'unsafe-building', name: 'Empty or unsafe building', group: 'Public safety', to: 'safety', near: 30, keywords: ['abandoned', 'ruin', 'collapse'] },

	{ code: 'stray-animals', name: 'Stray animals', group: 'Animals', to: 'safety', near: 150, keywords: ['dog', 'stray', 'cat'] },
	{ code: 'animals-road', name: 'Cattle, goats or horses on the road', group: 'Animals', to: 'safety', priority: 'high', near: 300, keywords: ['cow', 'goat', 'horse', 'pound'] },
	{ code: 'dangerous-animal', name: 'Dangerous dog', group: 'Animals', to: 'safety', priority: 'high', near: 50, keywords: ['bite', 'dog', 'attack'], questions: [{ ...ask('bitten', 'Was somebody bitten?'), hint: 'If so, wash the wound with soap for 15 minutes and go to a clinic today: rabies kills.' }] },
	{ code: 'animal-cruelty', name: 'An animal that is hurt or kept badly', group: 'Animals', to: 'safety', near: 30, private: true, keywords: ['cruelty', 'spca', 'chain'] }
];
