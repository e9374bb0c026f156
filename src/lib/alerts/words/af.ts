import type { AlertWords } from '../templates.ts';

/** Afrikaans. Drafts until a named translator approves each. */
// prettier-ignore
export const af: AlertWords = {
	source: '{municipality} Rampbestuursentrum',
	times: 'Volgende nuus: {next}. Geldig tot {until}.',
	templates: {
		wildfire_prepare: {
			hazard: 'VELDBRAND',
			headline: 'VELDBRAND kan {place} bereik: MAAK GEREED',
			description: 'VELDBRAND kom van {from} en kan huise in {place} bereik. Wees gereed voor {actBy}.',
			instruction: 'MAAK GEREED OM TE VERTREK. Pak medisyne, dokumente en water. Gaan na {towards} wanneer ons so sê.',
			cannot: 'As jy nie self kan vertrek nie, bel {emergency} nou en sê vir ’n buurman.',
			push: 'MAAK GEREED OM TE VERTREK voor {actBy}. VELDBRAND kom van {from} en kan huise in {place} bereik. Jy gaan na {towards}.',
			sms: '{source}: VELDBRAND kan {place} bereik. MAAK GEREED OM TE VERTREK voor {actBy}. Jy gaan na {towards}.'
		},
		wildfire_leave_now: {
			hazard: 'VELDBRAND',
			headline: 'VERTREK NOU: VELDBRAND beweeg vinnig na {place}',
			description: 'VELDBRAND beweeg vinnig van {from} na huise in {place}. Wees weg voor {actBy}.',
			instruction: 'VERTREK NOU. Gaan met {route} na {towards}. Neem mense en medisyne saam, niks anders nie.',
			cannot: 'As jy nie kan vertrek nie, bel {emergency}. Gaan na kaal of gebrande grond, weg van bome en geboue.',
			push: 'VERTREK NOU, voor {actBy}. VELDBRAND beweeg vinnig van {from} na {place}. Gaan met {route} na {towards}. As jy nie kan nie, bel {emergency}.',
			sms: '{source}: VELDBRAND beweeg vinnig na {place}. VERTREK NOU, voor {actBy}. Gaan met {route} na {towards}. Hulp: {emergency}.'
		},
		flood: {
			hazard: 'VLOED',
			headline: 'VLOED in {place}: GAAN NA HOËR GROND',
			description: 'VLOEDWATER styg van {from} tot in huise in {place}. Wees op hoër grond voor {actBy}.',
			instruction: 'GAAN NOU NA HOËR GROND. Gaan met {route} na {towards}. Moenie deur water loop of ry nie.',
			cannot: 'As jy nie kan vertrek nie, gaan na die hoogste verdieping of dak en bel {emergency}.',
			push: 'GAAN NA HOËR GROND, voor {actBy}. VLOEDWATER styg van {from} in {place}. Gaan met {route} na {towards}. Bly uit die water.',
			sms: '{source}: VLOED in {place}. GAAN NA HOËR GROND voor {actBy}. Gaan met {route} na {towards}. Bly uit die water. Hulp: {emergency}.',
			plainSms: '{source}: VLOED in {place}. GAAN HOOG OP voor {actBy}. Gaan met {route} na {towards}. Bly uit die water. Hulp: {emergency}.'
		},
		severe_wind: {
			hazard: 'STERK WIND',
			headline: 'STERK WIND in {place}: BLY BINNE',
			description: 'STERK WIND van {from} kan dakke oplig en bome breek in {place}. Wees binne voor {actBy}.',
			instruction: 'BLY BINNE, weg van vensters. Maak vas wat kan waai. Bly weg van bome en kragdrade.',
			cannot: 'As jou huis nie veilig is nie, gaan na ’n sterker gebou naby of bel {emergency}.',
			push: 'BLY BINNE vanaf {actBy}. STERK WIND van {from} kan dakke oplig en bome breek in {place}. Bly weg van kragdrade.',
			sms: '{source}: STERK WIND in {place}. BLY BINNE vanaf {actBy}, weg van vensters en kragdrade. Hulp: {emergency}.'
		},
		boil_water: {
			hazard: 'ONVEILIGE WATER',
			headline: 'ONVEILIGE WATER in {place}: KOOK DIT voor jy dit gebruik',
			description: 'ONVEILIGE WATER uit die kraan kan mense in {place} siek maak. Begin dadelik, op die laatste teen {actBy}.',
			instruction: 'KOOK DIE WATER vir een minuut voor jy dit drink, daarmee kook of tande borsel. Laat dit afkoel.',
			cannot: 'As jy dit nie kan kook nie, gebruik net gebottelde water of water van ’n tenkwa.',
			push: 'KOOK DIE WATER vir een minuut voor jy drink of kook, vanaf {actBy}. ONVEILIGE WATER uit die kraan kan mense in {place} siek maak.',
			sms: '{source}: ONVEILIGE WATER in {place}. KOOK DIE WATER vir een minuut voor jy drink of kook, vanaf {actBy}.'
		},
		water_interruption: {
			hazard: 'GEEN WATER',
			headline: 'GEEN WATER in {place}: BEWAAR NOU',
			description: 'GEEN WATER kom vanaf {actBy} uit krane in {place} nie. ’n Tenkwa staan by {towards}.',
			instruction: 'BEWAAR NOU WATER in skoon houers met deksels. Maak jou krane toe, sodat niks later oorloop nie.',
			cannot: 'As jy nie water kan haal nie, bel {emergency} of vra ’n buurman.',
			push: 'BEWAAR NOU WATER. GEEN WATER kom vanaf {actBy} uit krane in {place} nie. ’n Tenkwa staan by {towards}.',
			sms: '{source}: GEEN WATER in {place} vanaf {actBy} nie. BEWAAR NOU WATER. \'n Tenkwa staan by {towards}.'
		},
		hazardous_smoke: {
			hazard: 'GEVAARLIKE ROOK',
			headline: 'GEVAARLIKE ROOK oor {place}: GAAN BINNE',
			description: 'GEVAARLIKE ROOK van {from} brand oë en longe in {place}. Wees binne teen {actBy}.',
			instruction: 'GAAN BINNE. Maak deure en vensters toe. Sit nat lappe teen die skrefies. Skakel waaiers en lugversorging af.',
			cannot: 'As jy nie binne kan kom of nie kan asemhaal nie, gaan dwars op die wind en bel {emergency}.',
			push: 'GAAN BINNE teen {actBy}. GEVAARLIKE ROOK van {from} brand oë en longe in {place}. Maak deure en vensters toe.',
			sms: '{source}: GEVAARLIKE ROOK oor {place}. GAAN BINNE teen {actBy}. Maak deure en vensters toe. Hulp: {emergency}.'
		},
		unrest: {
			hazard: 'ONRUS',
			headline: 'ONRUS in {place}: BLY WEG',
			description: 'ONRUS versper strate en kan gewelddadig word in {place}. Wees weg teen {actBy}.',
			instruction: 'BLY WEG. As jy op die pad is, gebruik {route}. As jy tuis is, bly binne.',
			cannot: 'As jy nie kan wegkom nie, bly binne, weg van die straat, en bel {emergency}.',
			push: 'BLY WEG van {place}, vanaf {actBy}. ONRUS versper strate en kan gewelddadig word. Op die pad, gebruik {route}.',
			sms: '{source}: ONRUS in {place}. BLY WEG vanaf {actBy}. Op die pad, gebruik {route}. Hulp: {emergency}.'
		},
		missing_child: {
			hazard: 'VERMISTE KIND',
			headline: 'VERMISTE KIND: {person}, {age} jaar oud, laas gesien in {place}',
			description: 'VERMISTE KIND wat in gevaar kan wees: {person}, {age} jaar oud, laas gesien in {place}. Soek voor {actBy}.',
			instruction: 'SOEK RONDOM JOU HUIS: skure, motors, water. Bly by die kind wanneer jy hom of haar kry.',
			cannot: 'As jy iets weet, bel {emergency}. Moenie gerugte versprei nie.',
			push: 'SOEK RONDOM JOU HUIS voor {actBy}. VERMISTE KIND: {person}, {age} jaar oud, laas gesien in {place}. Bel {emergency}.',
			sms: '{source}: VERMISTE KIND {person}, {age} jaar oud, laas gesien in {place}. SOEK RONDOM JOU HUIS voor {actBy}. Bel {emergency}.'
		},
		shelter_open: {
			hazard: 'SKUILING',
			headline: 'SKUILING is oop vir {place}: GAAN SOONTOE as jou huis nie veilig is nie',
			description: 'SKUILING met beddens, water en kos is oop by {towards} vir mense van {place}. Kom voor {actBy}.',
			instruction: 'GAAN NA DIE SKUILING as jou huis nie veilig is nie: met {route} na {towards}. Bring medisyne en dokumente. Dit is gratis.',
			cannot: 'As jy nie daar kan kom nie, bel {emergency}.',
			push: 'GAAN NA DIE SKUILING by {towards}, met {route}, as jou huis in {place} nie veilig is nie. Kom voor {actBy}. Dit is gratis.',
			sms: '{source}: SKUILING oop vir {place}. GAAN NA {towards} met {route} voor {actBy}. Dit is gratis. Hulp: {emergency}.'
		},
		all_clear: {
			hazard: 'ALLES VEILIG',
			headline: 'ALLES VEILIG: {hazard} is verby in {place}',
			description: 'ALLES VEILIG vir {place}. {hazard} is nie meer daar ’n gevaar nie. Elders geld die waarskuwing totdat dit opgehef word.',
			instruction: 'JY MAG TERUGGAAN. Gaan stadig. Bly weg van gebreekte kragdrade en beskadigde mure.',
			cannot: 'As jou huis nie veilig is nie, bel {emergency}.',
			push: 'JY MAG TERUGGAAN na {place}. {hazard} is daar verby. Bly weg van gebreekte kragdrade en beskadigde mure.',
			sms: '{source}: ALLES VEILIG vir {place}. {hazard} is daar verby. JY MAG TERUGGAAN.'
		},
		correction: {
			hazard: 'VALS WAARSKUWING',
			headline: 'VALS WAARSKUWING: die waarskuwing oor {hazard} in {place} was verkeerd',
			description: 'VALS WAARSKUWING. Die waarskuwing oor {hazard} in {place} was verkeerd. Daar is nie so ’n gevaar nie. Ons is jammer.',
			instruction: 'MOENIE DOEN wat dit gevra het nie. As jy vertrek het, kan jy teruggaan.',
			cannot: 'As jy hulp nodig het, bel {emergency}.',
			push: 'MOENIE DOEN wat dit gevra het nie. Die waarskuwing oor {hazard} in {place} was verkeerd. Daar is nie so ’n gevaar nie. Ons is jammer.',
			sms: '{source}: VALS WAARSKUWING. Die waarskuwing oor {hazard} in {place} was verkeerd. Daar is nie so \'n gevaar nie. MOENIE DOEN wat dit gevra het nie.'
		}
	}
};
