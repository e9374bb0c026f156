import type { AlertWords } from '../templates.ts';

/** isiXhosa. Drafts until a named translator approves each. */
// prettier-ignore
export const xh: AlertWords = {
	source: 'Iziko loLawulo lweeNtlekele lase-{municipality}',
	times: 'Iindaba ezilandelayo: {next}. Kusebenza de kube ngu-{until}.',
	templates: {
		wildfire_prepare: {
			hazard: 'UMLILO WEDLE',
			headline: 'UMLILO WEDLE ungafika e-{place}: LUNGISELELANI',
			description: 'UMLILO WEDLE uvela e-{from} yaye ungafika ezindlwini e-{place}. Lungani phambi ko-{actBy}.',
			instruction: 'LUNGISELELANI UKUMKA. Pakishani amayeza, amaxwebhu namanzi. Xa sisitsho, yiyani e-{towards}.',
			cannot: 'Ukuba awukwazi ukumka wedwa, tsalela u-{emergency} ngoku uxelele nommelwane.',
			push: 'LUNGISELELANI UKUMKA phambi ko-{actBy}. UMLILO WEDLE uvela e-{from}, ungafika ezindlwini e-{place}. Niza kuya e-{towards}.',
			sms: '{source}: UMLILO WEDLE ungafika e-{place}. LUNGISELELANI UKUMKA phambi ko-{actBy}. Niza kuya e-{towards}.'
		},
		wildfire_leave_now: {
			hazard: 'UMLILO WEDLE',
			headline: 'MKANI NGOKU: UMLILO WEDLE uza ngesantya e-{place}',
			description: 'UMLILO WEDLE uza ngesantya usuka e-{from} usiya ezindlwini e-{place}. Mkani phambi ko-{actBy}.',
			instruction: 'MKANI NGOKU. Hambani nge-{route} niye e-{towards}. Thathani abantu namayeza kuphela.',
			cannot: 'Ukuba awukwazi ukumka, tsalela u-{emergency}. Yiya kumhlaba ongenanto, kude nemithi nezakhiwo.',
			push: 'MKANI NGOKU, phambi ko-{actBy}. UMLILO WEDLE usuka e-{from} uza e-{place}. Hambani nge-{route} niye e-{towards}. Uncedo: {emergency}.',
			sms: '{source}: UMLILO WEDLE uza ngesantya e-{place}. MKANI NGOKU, phambi ko-{actBy}. Hambani nge-{route} niye e-{towards}. Uncedo: {emergency}.'
		},
		flood: {
			hazard: 'IZIKHUKULA',
			headline: 'IZIKHUKULA e-{place}: YIYANI KWINDAWO EPHAKAMILEYO',
			description: 'IZIKHUKULA zivela e-{from} zingena ezindlwini e-{place}. Yibani kwindawo ephakamileyo phambi ko-{actBy}.',
			instruction: 'YIYANI KWINDAWO EPHAKAMILEYO NGOKU. Hambani nge-{route} niye e-{towards}. Musani ukuhamba okanye ukuqhuba emanzini.',
			cannot: 'Ukuba awukwazi ukumka, yiya phezulu endlwini okanye eluphahleni utsalele u-{emergency}.',
			push: 'YIYANI KWINDAWO EPHAKAMILEYO phambi ko-{actBy}. IZIKHUKULA zivela e-{from} zingena e-{place}. Hambani nge-{route} niye e-{towards}. Phumani emanzini.',
			sms: '{source}: IZIKHUKULA e-{place}. YIYANI KWINDAWO EPHAKAMILEYO phambi ko-{actBy}. Hambani nge-{route} niye e-{towards}. Uncedo: {emergency}.'
		},
		severe_wind: {
			hazard: 'UMOYA ONAMANDLA',
			headline: 'UMOYA ONAMANDLA e-{place}: HLALANI NGAPHAKATHI',
			description: 'UMOYA ONAMANDLA ovela e-{from} ungasusa uphahla waphule nemithi e-{place}. Yibani ngaphakathi phambi ko-{actBy}.',
			instruction: 'HLALANI NGAPHAKATHI, kude neefestile. Bophani izinto ezinokubhabha. Qelelani emithini nakwiintambo zombane.',
			cannot: 'Ukuba indlu yakho ayikhuselekanga, yiya kwisakhiwo esomeleleyo esikufutshane okanye utsalele u-{emergency}.',
			push: 'HLALANI NGAPHAKATHI ukususela ngo-{actBy}. UMOYA ONAMANDLA ovela e-{from} ungasusa uphahla e-{place}. Qelelani kwiintambo zombane.',
			sms: '{source}: UMOYA ONAMANDLA e-{place}. HLALANI NGAPHAKATHI ukususela ngo-{actBy}. Uncedo: {emergency}.'
		},
		boil_water: {
			hazard: 'AMANZI ANGAKHUSELEKANGA',
			headline: 'AMANZI ANGAKHUSELEKANGA e-{place}: WABILISENI phambi kokuwasebenzisa',
			description: 'AMANZI ANGAKHUSELEKANGA empompo angagulisa abantu e-{place}. Qalani ngoku, ungekadluli u-{actBy}.',
			instruction: 'BILISANI AMANZI umzuzu omnye phambi kokuba niwasele, nipheke okanye nixukuxe. Wayekeni aphole.',
			cannot: 'Ukuba awukwazi ukuwabilisa, sebenzisa amanzi asebhotileni okanye etanki kuphela.',
			push: 'BILISANI AMANZI umzuzu omnye phambi kokusela okanye ukupheka, ukususela ngo-{actBy}. AMANZI ANGAKHUSELEKANGA empompo angagulisa abantu e-{place}.',
			sms: '{source}: AMANZI ANGAKHUSELEKANGA e-{place}. BILISANI AMANZI umzuzu omnye phambi kokusela okanye ukupheka, ukususela ngo-{actBy}.'
		},
		water_interruption: {
			hazard: 'AKUKHO MANZI',
			headline: 'AKUKHO MANZI e-{place}: GCINANI AMANYE ngoku',
			description: 'AKUKHO MANZI aza kuphuma ezimpompeni e-{place} ukususela ngo-{actBy}. Itanki imi e-{towards}.',
			instruction: 'GCINANI AMANZI NGOKU, kwizitya ezicocekileyo ezivaliweyo. Valani iimpompo ukuze kungaphuphumi kamva.',
			cannot: 'Ukuba awukwazi ukukha amanzi, tsalela u-{emergency} okanye ucele kummelwane.',
			push: 'GCINANI AMANZI NGOKU. AKUKHO MANZI aza kuphuma ezimpompeni e-{place} ukususela ngo-{actBy}. Itanki imi e-{towards}.',
			sms: '{source}: AKUKHO MANZI e-{place} ukususela ngo-{actBy}. GCINANI AMANZI NGOKU. Itanki imi e-{towards}.'
		},
		hazardous_smoke: {
			hazard: 'UMSI ONOBUNGOZI',
			headline: 'UMSI ONOBUNGOZI e-{place}: NGENANI NGAPHAKATHI',
			description: 'UMSI ONOBUNGOZI ovela e-{from} utshisa amehlo nemiphunga e-{place}. Yibani ngaphakathi phambi ko-{actBy}.',
			instruction: 'NGENANI NGAPHAKATHI. Valani iingcango neefestile. Bekani amalaphu amanzi emikhenkceni. Cimani iifeni.',
			cannot: 'Ukuba awukwazi ukungena okanye ukuphefumla, wela umoya utsalele u-{emergency}.',
			push: 'NGENANI NGAPHAKATHI phambi ko-{actBy}. UMSI ONOBUNGOZI ovela e-{from} utshisa amehlo nemiphunga e-{place}. Valani iingcango neefestile.',
			sms: '{source}: UMSI ONOBUNGOZI e-{place}. NGENANI NGAPHAKATHI phambi ko-{actBy}. Valani iingcango neefestile. Uncedo: {emergency}.'
		},
		unrest: {
			hazard: 'UQHANKQALAZO',
			headline: 'UQHANKQALAZO e-{place}: HLALANI KUDE',
			description: 'UQHANKQALAZO luvala izitalato yaye lunokuba nobundlobongela e-{place}. Mkani phambi ko-{actBy}.',
			instruction: 'HLALANI KUDE. Ukuba usendleleni, sebenzisa i-{route}. Ukuba usekhaya, hlala ngaphakathi.',
			cannot: 'Ukuba awukwazi ukumka, hlala ngaphakathi, kude nesitalato, utsalele u-{emergency}.',
			push: 'HLALANI KUDE ne-{place}, ukususela ngo-{actBy}. UQHANKQALAZO luvala izitalato yaye lunokuba nobundlobongela. Endleleni, sebenzisa i-{route}.',
			sms: '{source}: UQHANKQALAZO e-{place}. HLALANI KUDE ukususela ngo-{actBy}. Endleleni, sebenzisa i-{route}. Uncedo: {emergency}.'
		},
		missing_child: {
			hazard: 'UMNTWANA OLAHLEKILEYO',
			headline: 'UMNTWANA OLAHLEKILEYO: {person}, iminyaka eyi-{age}, ugqityelwe e-{place}',
			description: 'UMNTWANA OLAHLEKILEYO onokuba sengozini: {person}, iminyaka eyi-{age}, ugqityelwe ukubonwa e-{place}. Khangelani phambi ko-{actBy}.',
			instruction: 'KHANGELANI NGAKWIKHAYA LENU: oomashedi, iimoto, amanzi. Hlalani nomntwana xa nimfumene.',
			cannot: 'Ukuba wazi into, tsalela u-{emergency}. Musani ukusasaza amarhe.',
			push: 'KHANGELANI NGAKWIKHAYA LENU phambi ko-{actBy}. UMNTWANA OLAHLEKILEYO: {person}, iminyaka eyi-{age}, ugqityelwe e-{place}. Tsalela u-{emergency}.',
			sms: '{source}: UMNTWANA OLAHLEKILEYO {person}, iminyaka eyi-{age}, ugqityelwe e-{place}. KHANGELANI NGAKWIKHAYA phambi ko-{actBy}. Tsalela u-{emergency}.'
		},
		shelter_open: {
			hazard: 'INDAWO YOKUKHUSELA',
			headline: 'INDAWO YOKUKHUSELA ivulelwe i-{place}: YIYANI KHONA ukuba ikhaya alikhuselekanga',
			description: 'INDAWO YOKUKHUSELA eneebhedi, amanzi nokutya ivulekile e-{towards} kubantu base-{place}. Yizani phambi ko-{actBy}.',
			instruction: 'YIYANI KWINDAWO YOKUKHUSELA ukuba ikhaya alikhuselekanga: nge-{route} niye e-{towards}. Phathani amayeza namaxwebhu. Simahla.',
			cannot: 'Ukuba awukwazi ukufika, tsalela u-{emergency}.',
			push: 'YIYANI KWINDAWO YOKUKHUSELA e-{towards}, nge-{route}, ukuba ikhaya e-{place} alikhuselekanga. Yizani phambi ko-{actBy}. Simahla.',
			sms: '{source}: INDAWO YOKUKHUSELA ivulelwe i-{place}. YIYANI e-{towards} nge-{route} phambi ko-{actBy}. Simahla. Uncedo: {emergency}.'
		},
		all_clear: {
			hazard: 'KUKHUSELEKILE',
			headline: 'KUKHUSELEKILE: {hazard} kuphelile e-{place}',
			description: 'KUKHUSELEKILE e-{place}. {hazard} akuseyongozi apho. Kwezinye iindawo isilumkiso siyaqhubeka de sisuswe.',
			instruction: 'NINGABUYA. Hambani kancinci. Qelelani kwiintambo zombane ezaphukileyo nakwiindonga ezonakeleyo.',
			cannot: 'Ukuba ikhaya lakho alikhuselekanga, tsalela u-{emergency}.',
			push: 'NINGABUYELA e-{place}. {hazard} kuphelile apho. Qelelani kwiintambo zombane ezaphukileyo nakwiindonga ezonakeleyo.',
			sms: '{source}: KUKHUSELEKILE e-{place}. {hazard} kuphelile apho. NINGABUYA.'
		},
		correction: {
			hazard: 'ISILUMKISO ESINGEYONYANI',
			headline: 'ISILUMKISO ESINGEYONYANI: esithethe nge-{hazard} e-{place} besiyimpazamo',
			description: 'ISILUMKISO ESINGEYONYANI. Isilumkiso nge-{hazard} e-{place} besiyimpazamo. Akukho ngozi injalo. Siyaxolisa.',
			instruction: 'MUSANI UKWENZA oko besikucelile. Ukuba nimkile, ningabuya.',
			cannot: 'Ukuba ufuna uncedo, tsalela u-{emergency}.',
			push: 'MUSANI UKWENZA oko besikucelile. Isilumkiso nge-{hazard} e-{place} besiyimpazamo. Akukho ngozi injalo. Siyaxolisa.',
			sms: '{source}: ISILUMKISO ESINGEYONYANI. Isilumkiso nge-{hazard} e-{place} besiyimpazamo. Akukho ngozi injalo. MUSANI UKWENZA besikucelile.'
		}
	}
};
