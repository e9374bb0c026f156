import type { Words } from '../templates.ts';

/** isiZulu, a draft: no named translator has approved it. */
export const zu: Words = {
	reviewedBy: null,
	draft: 'Lo mbhalo wesiZulu uwumhumusho osalungiswa; akekho umhumushi osewugunyazile.',
	open: 'Wufunde uphendule',
	more: 'Okunye, noma misa',
	stop: 'Uthola lokhu ngoba ucele i-{municipality} ukuthi ikwazise. Misa, shintsha ulimi noma ubeke amahora okuthula',
	wrote: 'Babhale',
	// prettier-ignore
	templates: {
		receipt: {
			title: 'Siwutholile. Inombolo yakho ngu-{reference}',
			body: 'Gcina le nombolo: {reference}.\nUmbiko uye ku-{department}.\nIkhodi yakho eyimfihlo: {receipt}. Ngayo ungabuyela embikweni wakho kunoma iyiphi ifoni. Ungayitsheli muntu.\nUma ufuna ukwaziswa kuleli kheli ngokwenzekayo, vula lapha uthi yebo: {confirm}'
		},
		following: { title: 'Yithi yebo, sizokutshela okwenzekayo', body: 'Ucele ukuzwa nga: {what}\nUkuze uzwe kuleli kheli okulandelayo, vula lokhu uthi yebo: {confirm}\nUma kungewena, ungenzi lutho.' },
		sign_in_code: {
			title: 'Ikhodi yakho yokungena',
			body: 'Ikhodi yakho ye-{municipality} ithi {code}. Isebenza imizuzu engu-10.\nUngayiniki muntu. Akekho kumasipala ozoyicela.',
			sms: '{code} yikhodi yakho ye-{municipality}. Isebenza imizuzu engu-10. Ungayiniki muntu.'
		},
		invitation: {
			title: 'Umenywe ukusebenza ne-{municipality}',
			body: 'Sawubona, {name}.\nU-{who} ukumeme njenge-{what}. Khetha iphasiwedi lapha: {link}\nLesi sixhumanisi sisebenza kanye, kuze kube {due}.'
		},
		password_reset: {
			title: 'Khetha iphasiwedi entsha',
			body: 'Khetha iphasiwedi entsha lapha: {link}\nIsixhumanisi sisebenza kanye, ihora elilodwa. Uma ungasicelanga, ungenzi lutho; iphasiwedi yakho ihlala injalo.'
		},
		'case.opened': { title: '{reference}: usushicilelwe', body: 'Umuntu uwubhekile umbiko. Wonke umuntu usengawufunda. Uye ku-{department}.' },
		'case.acknowledged': { title: '{reference}: umuntu uwubonile', body: 'I-{department} iwufundile umbiko.' },
		'case.assigned': { title: '{reference}: unikwe ithimba', body: 'I-{department} iwunike ithimba.' },
		'case.in_progress': { title: '{reference}: umsebenzi uyaqhubeka', body: 'I-{department} isiqalile ukusebenza.' },
		'case.on_hold': { title: '{reference}: kumiswe okwesikhashana', body: 'I-{department} iwumise okwesikhashana umsebenzi. Ikhasi lisho ukuthi kulindelweni.' },
		'case.escalated': { title: '{reference}: udlulelwe isikhathi, uyiswe phezulu', body: 'Awuqediwe ngesikhathi. Umphathi ophezulu we-{department} kufanele awuphendulele manje.' },
		'case.rerouted': { title: '{reference}: uphethwe omunye umnyango', body: 'Manje usuphethwe yi-{department}.' },
		'case.referred': { title: '{reference}: kuthunyelwe kwelinye ihhovisi', body: 'Kuthunyelwe ku-{who}. I-{department} isenesibopho baze bakwamukele.' },
		'case.taken_over': { title: '{reference}: sekuphethwe elinye ihhovisi', body: 'I-{who} ikwamukele futhi inesibopho manje. Inombolo yakho ayishintshi.' },
		'case.given_back': { title: '{reference}: sekukithi futhi', body: 'I-{who} ayisenakho. I-{department} inesibopho futhi.' },
		'case.answered_late': { title: '{reference}: impendulo efike kade', body: 'I-{who} iphendule sekwedlulile. Impendulo igciniwe.' },
		referral: { title: '{reference}: ingabe okwenu?', body: '{what}\nKuvela ku-{department}, {municipality}: {reason}\nVula lokhu ukuze ukwamukele, ukubuyise noma ubuze. Ayidingeki i-akhawunti: {link}\nIsixhumanisi sisebenza kuze kube {due}. Onaso angaphendulela i-{who}: sidlulisele kozakwenu kuphela.' },
		'case.resolved_claimed': { title: '{reference}: kuthiwa kulungisiwe. Kunjalo?', body: 'I-{department} ithi kulungisiwe. Nguwe kuphela ongasho ukuthi kunjalo yini. Vula ikhasi uphendule yebo noma cha.' },
		'case.verified_closed': { title: '{reference}: kulungisiwe, kuqinisekisiwe', body: 'Umuntu othintekayo uthi kulungisiwe.' },
		'case.reopened': { title: '{reference}: kuvulwe futhi', body: 'Akukalungiswa. I-{department} isiyawuphatha futhi.' },
		'case.declined': { title: '{reference}: akwamukelwanga', body: 'I-{department} ngeke iwuthathe lo mbiko. Ikhasi lisho isizathu. Ungacela ukuba uvulwe futhi.' },
		'case.withdrawn': { title: '{reference}: uhoxisiwe', body: 'Umuntu obikile uwuhoxisile umbiko.' },
		'case.joined_job': { title: '{reference}: kuyingxenye yomsebenzi owodwa omkhulu', body: 'Abantu abaningi babike into efanayo. Manje kungumsebenzi owodwa: {what}. Uzokwazi konke okwenzeka ngawo.' },
		'case.left_job': { title: '{reference}: umbiko ozimele futhi', body: 'Kuvele ukuthi kuyinye into, ngakho ususuke emsebenzini omkhulu. {department} unawo, nesikhathi owawunaso ngaphambili. Ikhasi lisho ukuthi kungani.' },
		reply: { title: '{reference}: kukhona impendulo', body: 'I-{department} iphendulile.' },
		councillor_reply: { title: '{reference}: ikhansela lakho liphendulile', body: 'U-{who} uphendulile.' },
		'suggestion.evaluating': { title: '{reference}: kusacatshangelwa', body: 'U-{who} usacabanga ngesiphakamiso.' },
		'suggestion.accepted': { title: '{reference}: isiphakamiso samukelwe', body: 'U-{who} usamukele isiphakamiso.' },
		'suggestion.rejected': { title: '{reference}: isiphakamiso asamukelwanga', body: 'U-{who} akasamukelanga isiphakamiso. Ikhasi lisho isizathu.' },
		'suggestion.retired': { title: '{reference}: isiphakamiso sibekwe eceleni', body: 'U-{who} usibeke eceleni isiphakamiso. Ikhasi lisho isizathu.' },
		'commitment.made': { title: 'Isithembiso esisha ewadini yakho', body: 'U-{who} uthembise: {what}\nKuze kube {due}.' },
		'commitment.reported': { title: 'Izindaba zesithembiso', body: 'U-{who} ubikile ngesithembiso: {what}' },
		'commitment.slipped': { title: 'Isithembiso sinosuku olusha', body: '{what}\nBekungu-{oldDue}, manje ngu-{due}. Ikhasi lisho isizathu.' },
		'commitment.kept': { title: 'Isithembiso sigciniwe', body: 'U-{who} usigcinile isithembiso: {what}' },
		'commitment.broken': { title: 'Isithembiso asigcinwanga', body: '{what}\nU-{who} akasigcinanga. Ikhasi lisho isizathu.' },
		moderated: { title: '{reference}: siguqule okubonwa abanye', body: 'Okuthile okubhalile noma okuthumele kufihliwe noma kuguquliwe kwabanye. Isizathu: {reason}\nOkokuqala kugciniwe. Uma ungavumi, vula ikhasi usho.' },
		privacy_answer: { title: 'Impendulo yesicelo sakho mayelana nedatha yakho', body: 'Isicelo sakho mayelana nedatha yakho siphenduliwe. Vula ikhasi ukuze ufunde impendulo.' },
		'councillor.heard': { title: '{reference}: ingabe impendulo ifikile?', body: 'Emasontweni amabili noma ngaphezulu wabhalela u-{who}. Ingabe impendulo ifikile? Kuthatha ukuthepha okukodwa, futhi kuboniswa izinombolo kuphela.' },
		'ward.reported_back': { title: 'Umbiko wewadi yakho', body: 'U-{who} ubikile nge-{what}: okulungisiwe, okuthenjisiwe, nokusavuliwe.' },
		'outage.forecast': { title: 'Ukuphazamiseka e-{what}: manje kulindeleke kubuye {due}', body: 'Bekulindeleke {oldDue}, manje {due}.\nIsizathu: {reason}' },
		'outage.forecast_unknown': { title: 'Ukuphazamiseka e-{what}: akekho owaziyo ukuthi kubuya nini', body: 'Bekulindeleke kubuye {oldDue}. Lokho akusasebenzi, futhi asikho isikhathi esisha okwamanje.\nIsizathu: {reason}' },
		'outage.ended': { title: 'Ukuphazamiseka e-{what}: sekubuyile', body: 'UMasipala uthi sekubuyile. Uma kusengekho lapho uhlala khona, kubike: kungenzeka kunenkinga yakho wedwa.' },
		'outage.again': { title: 'Ukuphazamiseka e-{what}: kuphinde kwacima', body: 'Akukho futhi.\nIsizathu: {reason}\nKulindeleke kubuye {due}.' },
		'outage.called_off': { title: 'Ukuphazamiseka e-{what}: kukhanseliwe', body: 'Kuvalwe kungenzekanga, noma bekuyiphutha.\nIsizathu: {reason}' },
		'news.published': { title: 'Izindaba: {what}', body: 'Umasipala uthi: {what}' },
		'news.corrected': { title: 'Izindaba ezilungisiwe: {what}', body: 'Sikutshele lokhu phambilini. Obekungalungile: {reason}\nFunda njengoba kunjalo manje.' },
		'news.withdrawn': { title: 'Kuhoxisiwe: {what}', body: 'Sizihoxisile lezi zindaba. Isizathu: {reason}' },
		staff_digest: { title: 'Usuku lwakho', body: '{list}' }
	}
};
