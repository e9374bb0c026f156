import { account, anyOf, line, meter, oneOf, when, type ServiceTemplate } from './shape.ts';

/** Health, housing, accounts, building, public places, conduct, and whatever is left. */
// prettier-ignore
export const homeServices: ServiceTemplate[] = [
	{ code: 'pests', name: 'Rats, mosquitoes or other pests', group: 'Health and pollution', to: 'health', near: 100, keywords: ['rat', 'mosquito', 'cockroach'] },
	{ code: 'air-pollution', name: 'Smoke, dust or a bad smell', group: 'Health and pollution', to: 'health', near: 250, keywords: ['smoke', 'smell', 'dust', 'burning'] },
	{ code: 'river-pollution', name: 'River, dam or beach polluted', group: 'Health and pollution', to: 'health', priority: 'high', near: 300, keywords: ['river', 'oil', 'foam', 'fish'] },
	{ code: 'food', name: 'Unsafe food or a dirty shop', group: 'Health and pollution', to: 'health', priority: 'high', near: 20, private: true, keywords: ['food', 'shop', 'spaza', 'expired'], questions: [line('shop', 'Which shop or stall?')] },
	{ code: 'medical-waste', name: 'Needles or medical waste', group: 'Health and pollution', to: 'health', priority: 'high', near: 50, keywords: ['needle', 'clinic', 'waste'] },

	{ code: 'house-defect', name: 'Something wrong with a subsidy house', group: 'Housing', to: 'housing', near: 0, named: true, keywords: ['rdp', 'crack', 'roof', 'defect'], questions: [anyOf('what', 'What is wrong?', 'Roof', 'Walls', 'Doors or windows', 'Plumbing', 'Electricity')] },
	{ code: 'rental-repair', name: 'Repair in a municipal flat or hostel', group: 'Housing', to: 'housing', near: 0, named: true, keywords: ['flat', 'hostel', 'rental', 'council'] },
	{ code: 'housing-list', name: 'A question about the housing list', group: 'Housing', to: 'housing', priority: 'low', near: 0, private: true, named: true, keywords: ['list', 'waiting', 'title', 'deed'] },
	{ code: 'informal-settlement', name: 'Informal settlement: services missing', group: 'Housing', to: 'housing', near: 300, keywords: ['shack', 'informal', 'settlement'] },

	{ code: 'wrong-bill', name: 'A bill that is wrong', group: 'Accounts and meters', to: 'finance', near: 0, private: true, named: true, keywords: ['bill', 'account', 'charge', 'rates'], questions: [account, when('month', 'Which bill? Any day in its month')] },
	{ code: 'meter-reading', name: 'Meter not read or read wrongly', group: 'Accounts and meters', to: 'finance', near: 0, private: true, named: true, keywords: ['reading', 'meter', 'estimate'], questions: [{ ...meter, required: true }, { code: 'reading', question: 'What does the meter show?', datatype: 'number' }] },
	{ code: 'reconnection', name: 'Water or power was cut off', group: 'Accounts and meters', to: 'finance', priority: 'high', near: 0, private: true, named: true, keywords: ['cut', 'disconnect', 'reconnect'], questions: [account, oneOf('what', 'What was cut off?', 'Water', 'Electricity', 'Both')] },
	{ code: 'no-bill', name: 'No bill came', group: 'Accounts and meters', to: 'finance', priority: 'low', near: 0, private: true, named: true, keywords: ['bill', 'post', 'email'], questions: [account] },
	{ code: 'indigent', name: 'Help for households with little income', group: 'Accounts and meters', to: 'finance', near: 0, private: true, named: true, keywords: ['indigent', 'free', 'subsidy', 'pensioner'] },

	{ code: 'illegal-building', name: 'Building without approval', group: 'Building and land', to: 'planning', near: 20, private: true, keywords: ['building', 'illegal', 'plans'] },
	{ code: 'land-use', name: 'A house used as a shop, tavern or factory', group: 'Building and land', to: 'planning', near: 20, private: true, keywords: ['zoning', 'tavern', 'business'] },
	{ code: 'plans-delayed', name: 'Building plans wait too long', group: 'Building and land', to: 'planning', near: 0, private: true, named: true, keywords: ['plans', 'approval', 'delay'], questions: [line('plan', 'Plan or application number')] },
	{ code: 'land-occupied', name: 'Land being occupied', group: 'Building and land', to: 'planning', priority: 'high', near: 200, private: true, keywords: ['land', 'invasion', 'occupied'] },

	{ code: 'hall', name: 'Hall, library or office: something broken', group: 'Public places', to: 'facilities', near: 50, keywords: ['hall', 'library', 'office'], questions: [line('which', 'Which one?')] },
	{ code: 'sports-ground', name: 'Sports ground or pool', group: 'Public places', to: 'facilities', near: 100, keywords: ['sport', 'field', 'pool', 'stadium'] },
	{ code: 'public-toilet', name: 'Public toilet', group: 'Public places', to: 'facilities', near: 30, keywords: ['toilet', 'rank', 'dirty'] },
	{ code: 'taxi-rank', name: 'Taxi rank or bus stop', group: 'Public places', to: 'facilities', near: 50, keywords: ['taxi', 'rank', 'bus', 'shelter'] },
	{ code: 'access', name: 'A place that wheelchairs cannot enter', group: 'Public places', to: 'facilities', near: 50, keywords: ['wheelchair', 'ramp', 'disability'] },

	{ code: 'conduct', name: 'How an official treated me', group: 'How we were treated', to: 'integrity', near: 0, private: true, description: 'Between you and the office of the municipal manager. It is never shown.', keywords: ['rude', 'official', 'complaint'], questions: [when('when', 'When was it?'), line('where', 'At which office, or with which vehicle?')] },
	{ code: 'conduct-councillor', name: 'How a councillor behaved', group: 'How we were treated', to: 'integrity', near: 0, private: true, description: 'Between you and the office of the municipal manager, who takes it to the Speaker. The councillor does not see it here.', keywords: ['councillor', 'code of conduct', 'speaker'] },
	{ code: 'corruption', name: 'Corruption or a bribe', group: 'How we were treated', to: 'integrity', priority: 'high', near: 0, private: true, description: 'Never shown. You need not say who you are: keep the code you get, and you can still be asked and answer. The Public Protector’s free number is 0800 11 20 40.', keywords: ['bribe', 'corruption', 'fraud', 'tender'] },
	{ code: 'no-answer', name: 'Nobody answered me', group: 'How we were treated', to: 'care', near: 0, private: true, keywords: ['answer', 'phone', 'waiting'], questions: [line('earlier', 'An earlier number, if you have one')] },

	{ code: 'other', name: 'Something else', group: 'Something else', to: 'care', near: 50, keywords: ['other'] }
];
