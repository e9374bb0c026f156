import type { AlertWords } from '../templates.ts';

/** English. Locked: a changed letter is another text and has to be approved again. */
// prettier-ignore
export const en: AlertWords = {
	source: '{municipality} Disaster Management Centre',
	times: 'Next news: {next}. Valid until {until}.',
	templates: {
		wildfire_prepare: {
			hazard: 'WILDFIRE',
			headline: 'WILDFIRE may reach {place}: GET READY',
			description: 'WILDFIRE is coming from {from} and may reach houses in {place}. Be ready before {actBy}.',
			instruction: 'GET READY TO LEAVE. Pack medicine, documents and water. When we say so, go to {towards}.',
			cannot: 'If you cannot leave by yourself, call {emergency} now and tell a neighbour.',
			push: 'GET READY TO LEAVE before {actBy}. WILDFIRE is coming from {from} and may reach houses in {place}. You will go to {towards}.',
			sms: '{source}: WILDFIRE may reach {place}. GET READY TO LEAVE before {actBy}. You will go to {towards}.'
		},
		wildfire_leave_now: {
			hazard: 'WILDFIRE',
			headline: 'LEAVE NOW: WILDFIRE moving fast towards {place}',
			description: 'WILDFIRE is moving fast from {from} towards houses in {place}. Be gone before {actBy}.',
			instruction: 'LEAVE NOW. Go by {route} to {towards}. Take people and medicine, nothing else.',
			cannot: 'If you cannot leave, call {emergency}. Go to bare or burnt ground away from trees and buildings.',
			push: 'LEAVE NOW, before {actBy}. WILDFIRE is moving fast from {from} towards {place}. Go by {route} to {towards}. If you cannot, call {emergency}.',
			sms: '{source}: WILDFIRE moving fast towards {place}. LEAVE NOW, before {actBy}. Go by {route} to {towards}. Help: {emergency}.'
		},
		flood: {
			hazard: 'FLOOD',
			headline: 'FLOOD in {place}: GO TO HIGHER GROUND',
			description: 'FLOOD water is rising from {from} into houses in {place}. Be on higher ground before {actBy}.',
			instruction: 'GO TO HIGHER GROUND NOW. Go by {route} to {towards}. Do not walk or drive through water.',
			cannot: 'If you cannot leave, go to the highest floor or roof and call {emergency}.',
			push: 'GO TO HIGHER GROUND, before {actBy}. FLOOD water is rising from {from} into {place}. Go by {route} to {towards}. Stay out of the water.',
			sms: '{source}: FLOOD in {place}. GO TO HIGHER GROUND before {actBy}. Go by {route} to {towards}. Stay out of the water. Help: {emergency}.'
		},
		severe_wind: {
			hazard: 'SEVERE WIND',
			headline: 'SEVERE WIND in {place}: STAY INSIDE',
			description: 'SEVERE WIND from {from} can lift roofs and break trees in {place}. Be inside before {actBy}.',
			instruction: 'STAY INSIDE, away from windows. Tie down what can fly. Keep away from trees and power lines.',
			cannot: 'If your house is not safe, go to a stronger building nearby or call {emergency}.',
			push: 'STAY INSIDE from {actBy}. SEVERE WIND from {from} can lift roofs and break trees in {place}. Keep away from power lines.',
			sms: '{source}: SEVERE WIND in {place}. STAY INSIDE from {actBy}, away from windows and power lines. Help: {emergency}.'
		},
		boil_water: {
			hazard: 'UNSAFE WATER',
			headline: 'UNSAFE WATER in {place}: BOIL IT before you use it',
			description: 'UNSAFE WATER from the tap can make people in {place} ill. Begin at once, at the latest by {actBy}.',
			instruction: 'BOIL THE WATER for one minute before you drink it, cook with it or brush your teeth. Let it cool.',
			cannot: 'If you cannot boil it, use only bottled water or water from a tanker.',
			push: 'BOIL THE WATER for one minute before you drink or cook, from {actBy} on. UNSAFE WATER from the tap can make people in {place} ill.',
			sms: '{source}: UNSAFE WATER in {place}. BOIL THE WATER for one minute before you drink or cook, from {actBy} on.'
		},
		water_interruption: {
			hazard: 'NO WATER',
			headline: 'NO WATER in {place}: KEEP SOME now',
			description: 'NO WATER will come from taps in {place} from {actBy} on. A tanker stands at {towards}.',
			instruction: 'KEEP WATER NOW, in clean closed containers. Close your taps, so that nothing floods later.',
			cannot: 'If you cannot fetch water, call {emergency} or ask a neighbour.',
			push: 'KEEP WATER NOW. NO WATER will come from taps in {place} from {actBy} on. A tanker stands at {towards}.',
			sms: '{source}: NO WATER in {place} from {actBy} on. KEEP WATER NOW. A tanker stands at {towards}.'
		},
		hazardous_smoke: {
			hazard: 'HAZARDOUS SMOKE',
			headline: 'HAZARDOUS SMOKE over {place}: GO INSIDE',
			description: 'HAZARDOUS SMOKE from {from} burns eyes and lungs in {place}. Be inside by {actBy}.',
			instruction: 'GO INSIDE. Close doors and windows. Put wet cloths along the gaps. Turn fans and air conditioning off.',
			cannot: 'If you cannot get inside or cannot breathe, go across the wind and call {emergency}.',
			push: 'GO INSIDE by {actBy}. HAZARDOUS SMOKE from {from} burns eyes and lungs in {place}. Close doors and windows.',
			sms: '{source}: HAZARDOUS SMOKE over {place}. GO INSIDE by {actBy}. Close doors and windows. Help: {emergency}.'
		},
		unrest: {
			hazard: 'UNREST',
			headline: 'UNREST in {place}: STAY AWAY',
			description: 'UNREST blocks streets and can turn violent in {place}. Be away by {actBy}.',
			instruction: 'STAY AWAY. If you are on the road, use {route}. If you are at home, stay inside.',
			cannot: 'If you cannot get away, stay inside, away from the street, and call {emergency}.',
			push: 'STAY AWAY from {place}, from {actBy} on. UNREST blocks streets and can turn violent. On the road, use {route}.',
			sms: '{source}: UNREST in {place}. STAY AWAY from {actBy} on. On the road, use {route}. Help: {emergency}.'
		},
		missing_child: {
			hazard: 'MISSING CHILD',
			headline: 'MISSING CHILD: {person}, {age} years old, last seen in {place}',
			description: 'MISSING CHILD who may be in danger: {person}, {age} years old, last seen in {place}. Look before {actBy}.',
			instruction: 'LOOK AROUND YOUR HOME: sheds, cars, water. Stay with the child when you find them.',
			cannot: 'If you know anything, call {emergency}. Do not share rumours.',
			push: 'LOOK AROUND YOUR HOME before {actBy}. MISSING CHILD: {person}, {age} years old, last seen in {place}. Call {emergency}.',
			sms: '{source}: MISSING CHILD {person}, {age} years old, last seen in {place}. LOOK AROUND YOUR HOME before {actBy}. Call {emergency}.'
		},
		shelter_open: {
			hazard: 'SHELTER',
			headline: 'SHELTER is open for {place}: GO THERE if your home is not safe',
			description: 'SHELTER with beds, water and food is open at {towards} for people of {place}. Come before {actBy}.',
			instruction: 'GO TO THE SHELTER if your home is not safe: by {route} to {towards}. Bring medicine and documents. It is free.',
			cannot: 'If you cannot get there, call {emergency}.',
			push: 'GO TO THE SHELTER at {towards}, by {route}, if your home in {place} is not safe. Come before {actBy}. It is free.',
			sms: '{source}: SHELTER open for {place}. GO TO {towards} by {route} before {actBy}. It is free. Help: {emergency}.'
		},
		all_clear: {
			hazard: 'ALL CLEAR',
			headline: 'ALL CLEAR: {hazard} is over in {place}',
			description: 'ALL CLEAR for {place}. {hazard} is no longer a danger there. Elsewhere the warning holds until it is cleared.',
			instruction: 'YOU MAY GO BACK. Go slowly. Keep away from broken power lines and damaged walls.',
			cannot: 'If your home is not safe, call {emergency}.',
			push: 'YOU MAY GO BACK to {place}. {hazard} is over there. Keep away from broken power lines and damaged walls.',
			sms: '{source}: ALL CLEAR for {place}. {hazard} is over there. YOU MAY GO BACK.'
		},
		correction: {
			hazard: 'FALSE ALERT',
			headline: 'FALSE ALERT: the warning about {hazard} in {place} was wrong',
			description: 'FALSE ALERT. The warning about {hazard} in {place} was wrong. There is no such danger. We are sorry.',
			instruction: 'DO NOT DO what it asked. If you left, you can go back.',
			cannot: 'If you need help, call {emergency}.',
			push: 'DO NOT DO what it asked. The warning about {hazard} in {place} was wrong. There is no such danger. We are sorry.',
			sms: '{source}: FALSE ALERT. The warning about {hazard} in {place} was wrong. There is no such danger. DO NOT DO what it asked.'
		}
	}
};
