import type { AlertWords } from '../templates.ts';

/** isiZulu. Drafts until a named translator approves each. */
// prettier-ignore
export const zu: AlertWords = {
	source: 'Isikhungo Sokulawulwa Kwezinhlekelele sase-{municipality}',
	times: 'Izindaba ezilandelayo: {next}. Kusebenza kuze kube {until}.',
	templates: {
		wildfire_prepare: {
			hazard: 'UMLILO WEQUBULA',
			headline: 'UMLILO WEQUBULA ungafika e-{place}: LUNGISELELANI',
			description: 'UMLILO WEQUBULA uvela e-{from} futhi ungafika ezindlini e-{place}. Lungani ngaphambi kuka-{actBy}.',
			instruction: 'LUNGISELELANI UKUHAMBA. Pakishani imithi, amaphepha namanzi. Uma sisho, yanini e-{towards}.',
			cannot: 'Uma ungakwazi ukuhamba wedwa, shayela u-{emergency} manje utshele nomakhelwane.',
			push: 'LUNGISELELANI UKUHAMBA ngaphambi kuka-{actBy}. UMLILO WEQUBULA uvela e-{from}, ungafika ezindlini e-{place}. Nizoya e-{towards}.',
			sms: '{source}: UMLILO WEQUBULA ungafika e-{place}. LUNGISELELANI UKUHAMBA ngaphambi kuka-{actBy}. Nizoya e-{towards}.'
		},
		wildfire_leave_now: {
			hazard: 'UMLILO WEQUBULA',
			headline: 'PHUMANI MANJE: UMLILO WEQUBULA usheshe ubheke e-{place}',
			description: 'UMLILO WEQUBULA usheshe usuka e-{from} ubheke ezindlini e-{place}. Phumani ngaphambi kuka-{actBy}.',
			instruction: 'PHUMANI MANJE. Hambani nge-{route} niye e-{towards}. Thathani abantu nemithi kuphela.',
			cannot: 'Uma ungakwazi ukuphuma, shayela u-{emergency}. Yana endaweni engenatshani, kude nezihlahla nezindlu.',
			push: 'PHUMANI MANJE, ngaphambi kuka-{actBy}. UMLILO WEQUBULA usuka e-{from} ubheke e-{place}. Hambani nge-{route} niye e-{towards}. Usizo: {emergency}.',
			sms: '{source}: UMLILO WEQUBULA usheshe ubheke e-{place}. PHUMANI MANJE, ngaphambi kuka-{actBy}. Hambani nge-{route} niye e-{towards}. Usizo: {emergency}.'
		},
		flood: {
			hazard: 'IZIKHUKHULA',
			headline: 'IZIKHUKHULA e-{place}: YANINI ENDAWENI EPHAKEME',
			description: 'IZIKHUKHULA zivela e-{from} zingena ezindlini e-{place}. Yibani endaweni ephakeme ngaphambi kuka-{actBy}.',
			instruction: 'YANINI ENDAWENI EPHAKEME MANJE. Hambani nge-{route} niye e-{towards}. Ningahambi emanzini, ningashayeli kuwo.',
			cannot: 'Uma ungakwazi ukuphuma, yana phezulu endlini noma ophahleni ushayele u-{emergency}.',
			push: 'YANINI ENDAWENI EPHAKEME ngaphambi kuka-{actBy}. IZIKHUKHULA zivela e-{from} zingena e-{place}. Hambani nge-{route} niye e-{towards}. Gwemani amanzi.',
			sms: '{source}: IZIKHUKHULA e-{place}. YANINI ENDAWENI EPHAKEME ngaphambi kuka-{actBy}. Hambani nge-{route} niye e-{towards}. Usizo: {emergency}.'
		},
		severe_wind: {
			hazard: 'UMOYA ONAMANDLA',
			headline: 'UMOYA ONAMANDLA e-{place}: HLALANI NGAPHAKATHI',
			description: 'UMOYA ONAMANDLA ovela e-{from} ungasusa ophahla uphule izihlahla e-{place}. Yibani ngaphakathi ngaphambi kuka-{actBy}.',
			instruction: 'HLALANI NGAPHAKATHI, kude namafasitela. Bophani okungandiza. Qhelani ezihlahleni nasezintanjeni zikagesi.',
			cannot: 'Uma indlu yakho ingaphephile, yana endlini eqinile eseduze noma ushayele u-{emergency}.',
			push: 'HLALANI NGAPHAKATHI kusukela ngo-{actBy}. UMOYA ONAMANDLA ovela e-{from} ungasusa ophahla e-{place}. Qhelani ezintanjeni zikagesi.',
			sms: '{source}: UMOYA ONAMANDLA e-{place}. HLALANI NGAPHAKATHI kusukela ngo-{actBy}. Usizo: {emergency}.'
		},
		boil_water: {
			hazard: 'AMANZI ANGAPHEPHILE',
			headline: 'AMANZI ANGAPHEPHILE e-{place}: WABILISENI ngaphambi kokuwasebenzisa',
			description: 'AMANZI ANGAPHEPHILE ompompi angagulisa abantu e-{place}. Qalani manje, kungakadluli u-{actBy}.',
			instruction: 'BILISANI AMANZI umzuzu owodwa ngaphambi kokuwaphuza, ukupheka noma ukuxubha amazinyo. Wayekeni aphole.',
			cannot: 'Uma ungakwazi ukuwabilisa, sebenzisa amanzi asebhodleleni noma awethangi kuphela.',
			push: 'BILISANI AMANZI umzuzu owodwa ngaphambi kokuphuza noma ukupheka, kusukela ngo-{actBy}. AMANZI ANGAPHEPHILE ompompi angagulisa abantu e-{place}.',
			sms: '{source}: AMANZI ANGAPHEPHILE e-{place}. BILISANI AMANZI umzuzu owodwa ngaphambi kokuphuza noma ukupheka, kusukela ngo-{actBy}.'
		},
		water_interruption: {
			hazard: 'AWEKHO AMANZI',
			headline: 'AWEKHO AMANZI e-{place}: GCINANI AMANYE manje',
			description: 'AWEKHO AMANZI azophuma kompompi e-{place} kusukela ngo-{actBy}. Ithangi lime e-{towards}.',
			instruction: 'GCINANI AMANZI MANJE, ezitsheni ezihlanzekile ezivaliwe. Valani ompompi ukuze kungachichimi kamuva.',
			cannot: 'Uma ungakwazi ukukha amanzi, shayela u-{emergency} noma ucele kumakhelwane.',
			push: 'GCINANI AMANZI MANJE. AWEKHO AMANZI azophuma kompompi e-{place} kusukela ngo-{actBy}. Ithangi lime e-{towards}.',
			sms: '{source}: AWEKHO AMANZI e-{place} kusukela ngo-{actBy}. GCINANI AMANZI MANJE. Ithangi lime e-{towards}.'
		},
		hazardous_smoke: {
			hazard: 'INTUTHU EYINGOZI',
			headline: 'INTUTHU EYINGOZI e-{place}: NGENANI NGAPHAKATHI',
			description: 'INTUTHU EYINGOZI evela e-{from} ishisa amehlo namaphaphu e-{place}. Yibani ngaphakathi ngaphambi kuka-{actBy}.',
			instruction: 'NGENANI NGAPHAKATHI. Valani iminyango namafasitela. Bekani izindwangu ezimanzi emifantwini. Cimani ofeni.',
			cannot: 'Uma ungakwazi ukungena noma ukuphefumula, wela umoya ushayele u-{emergency}.',
			push: 'NGENANI NGAPHAKATHI ngaphambi kuka-{actBy}. INTUTHU EYINGOZI evela e-{from} ishisa amehlo namaphaphu e-{place}. Valani iminyango namafasitela.',
			sms: '{source}: INTUTHU EYINGOZI e-{place}. NGENANI NGAPHAKATHI ngaphambi kuka-{actBy}. Valani iminyango namafasitela. Usizo: {emergency}.'
		},
		unrest: {
			hazard: 'IZIBHELU',
			headline: 'IZIBHELU e-{place}: QHELANI',
			description: 'IZIBHELU zivala imigwaqo futhi zingaba nodlame e-{place}. Sukani ngaphambi kuka-{actBy}.',
			instruction: 'QHELANI. Uma usemgwaqweni, sebenzisa i-{route}. Uma usekhaya, hlala ngaphakathi.',
			cannot: 'Uma ungakwazi ukusuka, hlala ngaphakathi, kude nomgwaqo, ushayele u-{emergency}.',
			push: 'QHELANI e-{place}, kusukela ngo-{actBy}. IZIBHELU zivala imigwaqo futhi zingaba nodlame. Emgwaqweni, sebenzisa i-{route}.',
			sms: '{source}: IZIBHELU e-{place}. QHELANI kusukela ngo-{actBy}. Emgwaqweni, sebenzisa i-{route}. Usizo: {emergency}.'
		},
		missing_child: {
			hazard: 'INGANE ELAHLEKILE',
			headline: 'INGANE ELAHLEKILE: {person}, iminyaka engu-{age}, igcine ukubonwa e-{place}',
			description: 'INGANE ELAHLEKILE engase ibe sengozini: {person}, iminyaka engu-{age}, igcine ukubonwa e-{place}. Funani ngaphambi kuka-{actBy}.',
			instruction: 'FUNANI EDUZE NEKHAYA LENU: amashede, izimoto, amanzi. Hlalani nengane uma niyithola.',
			cannot: 'Uma wazi okuthile, shayela u-{emergency}. Ningasabalalisi amahlebezi.',
			push: 'FUNANI EDUZE NEKHAYA LENU ngaphambi kuka-{actBy}. INGANE ELAHLEKILE: {person}, iminyaka engu-{age}, igcine ukubonwa e-{place}. Shayela u-{emergency}.',
			sms: '{source}: INGANE ELAHLEKILE {person}, iminyaka engu-{age}, igcine ukubonwa e-{place}. FUNANI EDUZE NEKHAYA ngaphambi kuka-{actBy}. Shayela u-{emergency}.'
		},
		shelter_open: {
			hazard: 'INDAWO YOKUKHOSELA',
			headline: 'INDAWO YOKUKHOSELA ivulelwe i-{place}: YANINI KHONA uma ikhaya lingaphephile',
			description: 'INDAWO YOKUKHOSELA enemibhede, amanzi nokudla ivuliwe e-{towards} yabantu base-{place}. Wozani ngaphambi kuka-{actBy}.',
			instruction: 'YANINI ENDAWENI YOKUKHOSELA uma ikhaya lingaphephile: nge-{route} niye e-{towards}. Phathani imithi namaphepha. Kumahhala.',
			cannot: 'Uma ungakwazi ukufika, shayela u-{emergency}.',
			push: 'YANINI ENDAWENI YOKUKHOSELA e-{towards}, nge-{route}, uma ikhaya e-{place} lingaphephile. Wozani ngaphambi kuka-{actBy}. Kumahhala.',
			sms: '{source}: INDAWO YOKUKHOSELA ivulelwe i-{place}. YANINI e-{towards} nge-{route} ngaphambi kuka-{actBy}. Kumahhala. Usizo: {emergency}.'
		},
		all_clear: {
			hazard: 'SEKUPHEPHILE',
			headline: 'SEKUPHEPHILE: {hazard} kuphelile e-{place}',
			description: 'SEKUPHEPHILE e-{place}. {hazard} akuseyona ingozi lapho. Kwezinye izindawo isexwayiso siyaqhubeka size sisuswe.',
			instruction: 'NINGABUYELA. Hambani kancane. Qhelani ezintanjeni zikagesi eziphukile nasezindongeni ezonakele.',
			cannot: 'Uma ikhaya lakho lingaphephile, shayela u-{emergency}.',
			push: 'NINGABUYELA e-{place}. {hazard} kuphelile lapho. Qhelani ezintanjeni zikagesi eziphukile nasezindongeni ezonakele.',
			sms: '{source}: SEKUPHEPHILE e-{place}. {hazard} kuphelile lapho. NINGABUYELA.'
		},
		correction: {
			hazard: 'ISEXWAYISO ESINGELONA IQINISO',
			headline: 'ISEXWAYISO ESINGELONA IQINISO: esikhulume nge-{hazard} e-{place} besiyiphutha',
			description: 'ISEXWAYISO ESINGELONA IQINISO. Isexwayiso nge-{hazard} e-{place} besiyiphutha. Ayikho leyo ngozi. Siyaxolisa.',
			instruction: 'NINGENZI lokho ebesikucelile. Uma niphumile, ningabuyela.',
			cannot: 'Uma udinga usizo, shayela u-{emergency}.',
			push: 'NINGENZI lokho ebesikucelile. Isexwayiso nge-{hazard} e-{place} besiyiphutha. Ayikho leyo ngozi. Siyaxolisa.',
			sms: '{source}: ISEXWAYISO ESINGELONA IQINISO. Isexwayiso nge-{hazard} e-{place} besiyiphutha. Ayikho leyo ngozi. NINGENZI ebesikucelile.'
		}
	}
};
