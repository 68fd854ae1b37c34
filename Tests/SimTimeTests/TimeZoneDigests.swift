// Written by Scripts/time-zones with Python's zoneinfo from tzdata 2026f.

/// What every zone's clocks do from 1970 to 2100, in short.
enum TimeZoneDigests {
    /// How often clocks change, a digest of the changes, and the zones with these: one or several a line.
    static let text = """
        0 af63bd4c8601b7df Africa/Abidjan Africa/Accra Africa/Bamako Africa/Banjul Africa/Conakry Africa/Dakar
        0 af63bd4c8601b7df Africa/Freetown Africa/Lome Africa/Nouakchott Africa/Ouagadougou Africa/Timbuktu
        0 af63bd4c8601b7df Atlantic/Reykjavik Atlantic/St_Helena Etc/GMT Etc/GMT+0 Etc/GMT-0 Etc/GMT0 Etc/Greenwich
        0 af63bd4c8601b7df Etc/UCT Etc/UTC Etc/Universal Etc/Zulu Factory GMT GMT+0 GMT-0 GMT0 Greenwich Iceland UCT
        0 af63bd4c8601b7df UTC Universal Zulu
        0 af49ad4c85d56eaf Africa/Addis_Ababa Africa/Asmara Africa/Asmera Africa/Dar_es_Salaam Africa/Djibouti
        0 af49ad4c85d56eaf Africa/Kampala Africa/Mogadishu Africa/Nairobi Antarctica/Syowa Asia/Aden Asia/Kuwait
        0 af49ad4c85d56eaf Asia/Riyadh Etc/GMT-3 Indian/Antananarivo Indian/Comoro Indian/Mayotte
        9 27e192967abe8057 Africa/Algiers
        0 af6dcd4c8612d10f Africa/Bangui Africa/Brazzaville Africa/Douala Africa/Kinshasa Africa/Lagos
        0 af6dcd4c8612d10f Africa/Libreville Africa/Luanda Africa/Malabo Africa/Niamey Africa/Porto-Novo Etc/GMT-1
        1 4b7c509c766353d7 Africa/Bissau
        0 af7f9d4c8631157f Africa/Blantyre Africa/Bujumbura Africa/Gaborone Africa/Harare Africa/Johannesburg
        0 af7f9d4c8631157f Africa/Kigali Africa/Lubumbashi Africa/Lusaka Africa/Maputo Africa/Maseru Africa/Mbabane
        0 af7f9d4c8631157f Etc/GMT-2
        242 215566af650a22cf Africa/Cairo Egypt
        62 465c04f02d7210bf Africa/Casablanca
        237 a9ca64b29916c927 Africa/Ceuta
        59 ae6dc50d759d0177 Africa/El_Aaiun
        34 92966e4bfd9aad4f Africa/Juba
        34 855200366725d34f Africa/Khartoum
        1 b485c692973b5bd3 Africa/Monrovia
        2 83e9ab9b59f4633f Africa/Ndjamena
        2 51a1b13c35dcf57f Africa/Sao_Tome
        22 d406549acc7bc09f Africa/Tripoli Libya
        18 63e80b347e987c7f Africa/Tunis
        48 8c734577f36aa61f Africa/Windhoek
        259 fe9f0a2ece6924e7 America/Adak America/Atka US/Aleutian
        259 a01f2cb57d625817 America/Anchorage US/Alaska
        0 50a44cb37a0bf11f America/Anguilla America/Antigua America/Aruba America/Blanc-Sablon America/Curacao
        0 50a44cb37a0bf11f America/Dominica America/Grenada America/Guadeloupe America/Kralendijk America/La_Paz
        0 50a44cb37a0bf11f America/Lower_Princes America/Marigot America/Montserrat America/Port_of_Spain
        0 50a44cb37a0bf11f America/Puerto_Rico America/St_Barthelemy America/St_Kitts America/St_Lucia
        0 50a44cb37a0bf11f America/St_Thomas America/St_Vincent America/Tortola America/Virgin Etc/GMT+4
        28 5ff060b141a749ef America/Araguaina
        16 fe95636f4d0598cf America/Argentina/Buenos_Aires America/Buenos_Aires
        16 e3c5d55c21da26ef America/Argentina/Catamarca America/Argentina/ComodRivadavia America/Catamarca
        16 44b5b705ce4c036f America/Argentina/Cordoba America/Cordoba America/Rosario
        14 ac3752408f74aa7f America/Argentina/Jujuy America/Jujuy
        17 5cfcadad10cc37e7 America/Argentina/La_Rioja
        16 b4629dafcdf343ef America/Argentina/Mendoza America/Mendoza
        16 5c1465a639db9bcf America/Argentina/Rio_Gallegos
        14 5631ca4d63c159bf America/Argentina/Salta
        17 916fb8e369c465e7 America/Argentina/San_Juan
        17 987e56d6ce3ebb27 America/Argentina/San_Luis
        18 23394af302b9725f America/Argentina/Tucuman
        16 21a1457aaa2174cf America/Argentina/Ushuaia
        101 2bc4efce6af7f307 America/Asuncion
        0 5059fcb3798dab2f America/Atikokan America/Cayman America/Coral_Harbour America/Panama EST Etc/GMT+5
        38 3fe7c817e90ec11f America/Bahia
        54 7a2f8a88a83c680f America/Bahia_Banderas
        8 5c8eef11d8edeb5f America/Barbados
        6 110a438d4d53ae1f America/Belem
        4 c89ee4a28b39491f America/Belize
        10 1b0935142c55e3af America/Boa_Vista
        2 65677cf50f4a2f1f America/Bogota
        260 5d434e719b8c136f America/Boise
        254 bbd1b6df1b97a0ff America/Cambridge_Bay
        68 834cae2c3decf8ff America/Campo_Grande
        41 7cf399a3258be407 America/Cancun
        2 4492e18da20360c7 America/Caracas
        0 50b65cb37a2aa24f America/Cayenne Etc/GMT+3
        260 ea818a609dd2341f America/Chicago CST6CDT US/Central
        52 17c959cfb1b6b61f America/Chihuahua
        207 25f08e3cc1eed177 America/Ciudad_Juarez
        8 03e8272a903034bf America/Costa_Rica
        108 09f7471624f17cef America/Coyhaique
        0 507e1cb379cb0d8f America/Creston America/Phoenix Etc/GMT+7 MST US/Arizona
        66 cc1dbbd3d4a3acef America/Cuiaba
        33 75fa936f3d9efa97 America/Danmarkshavn
        82 08ae4aaff1646fdf America/Dawson
        5 9ea5d0f2b6ef53a7 America/Dawson_Creek
        260 d5b09b61cb09ad6f America/Denver America/Shiprock MST7MDT Navajo US/Mountain
        254 2bf432d5cd32daff America/Detroit US/Michigan
        109 7431392096a23577 America/Edmonton America/Yellowknife Canada/Mountain
        10 ec12f2df42643f5f America/Eirunepe
        4 422a9d1dc7baf11f America/El_Salvador
        260 07bc3134c422ff3f America/Ensenada America/Santa_Isabel America/Tijuana Mexico/BajaNorte
        91 849e560043e65af7 America/Fort_Nelson
        190 066ab6aa6c908fff America/Fort_Wayne America/Indiana/Indianapolis America/Indianapolis US/East-Indiana
        16 f26551a50d623c4f America/Fortaleza
        256 02eb474c475e471f America/Glace_Bay
        239 dabebf36eb720297 America/Godthab America/Nuuk
        260 365b12450993b0c3 America/Goose_Bay
        236 78d4852eda77e00f America/Grand_Turk
        8 4f8633e93033b53f America/Guatemala
        2 8cd0b66d3078851f America/Guayaquil
        2 42a1ddbfd774d1ef America/Guyana
        260 66f99bddc8ee377f America/Halifax Canada/Atlantic
        254 bcd56434df14005f America/Havana Cuba
        6 76b4b592644e599f America/Hermosillo
        230 d1eb65a6d72c7aef America/Indiana/Knox America/Knox_IN US/Indiana-Starke
        198 e424bef23ff6ff3f America/Indiana/Marengo
        201 10ae9ebc1e0c1d27 America/Indiana/Petersburg
        189 64901bf8d6383777 America/Indiana/Tell_City
        194 ce541c52e9f3895f America/Indiana/Vevay
        188 5e4c2d7a424f574f America/Indiana/Vincennes
        189 ee225f5294e25747 America/Indiana/Winamac
        109 636ff2351a0f3657 America/Inuvik
        255 dd18e2c405dd8337 America/Iqaluit America/Pangnirtung
        20 358cb1dcb8a347cf America/Jamaica Jamaica
        258 0b03dfb2b4c7511f America/Juneau
        258 8c4be642e7a816df America/Kentucky/Louisville America/Louisville
        259 ecaedc88e2deefd7 America/Kentucky/Monticello
        8 9d35be649f31d9ef America/Lima
        260 bc127dcc3c72c53f America/Los_Angeles PST8PDT US/Pacific
        18 0d8d4a9f7973acff America/Maceio
        14 e08fbdb383b8a31f America/Managua
        8 393e3a58ac03ae5f America/Manaus Brazil/West
        2 7b07816a8b91f16f America/Martinique
        210 cc888e23daef0a0f America/Matamoros
        54 bd550d100be1e81f America/Mazatlan Mexico/BajaSur
        253 f6555ed542e3a037 America/Menominee
        56 9a407231eaa4dd3f America/Merida
        197 96d3fc46508dc887 America/Metlakatla
        54 4889531a3cca776f America/Mexico_City Mexico/General
        227 7da7f5790024b517 America/Miquelon
        258 c4a0710fe123c70f America/Moncton
        56 1dad19d5d39dd7bf America/Monterrey
        51 e339964521201917 America/Montevideo
        260 522ccfcb487e624f America/Montreal America/Nassau America/Nipigon America/Thunder_Bay America/Toronto
        260 522ccfcb487e624f Canada/Eastern
        260 49eaf8ab158826cf America/New_York EST5EDT US/Eastern
        260 4558ad450fa6750f America/Nome
        16 a032944ef8c35e3f America/Noronha Brazil/DeNoronha
        259 85c75143feddf4e7 America/North_Dakota/Beulah
        259 f1e22f2f8634a1e7 America/North_Dakota/Center
        259 7717cc673da0b2a7 America/North_Dakota/New_Salem
        206 a400c73bfde4b22f America/Ojinaga
        1 628ecc64b2a561f7 America/Paramaribo
        208 ce6a60a24a33f1cf America/Port-au-Prince
        8 b3c9ec7eaef5a26f America/Porto_Acre America/Rio_Branco Brazil/Acre
        6 38c71241a399460f America/Porto_Velho
        92 6bda4cdf7514f5ef America/Punta_Arenas
        113 77a1570a16bba727 America/Rainy_River America/Winnipeg Canada/Central
        254 2cf0dcedf9a9c62f America/Rankin_Inlet
        16 80caba54484f69cf America/Recife
        0 5047ecb3796ef9ff America/Regina Canada/Saskatchewan Etc/GMT+6
        252 1a9a4349e7de2edf America/Resolute
        7 4c9d7740cab4bcb7 America/Santarem
        258 a9809d121e6e27ff America/Santiago Chile/Continental
        12 cbebe3fb1d77919f America/Santo_Domingo
        68 796ce76bfa05f22f America/Sao_Paulo Brazil/East
        239 e6b33250fe8ca697 America/Scoresbysund
        260 aa917df4813fbc8f America/Sitka
        260 89555d26442dfffb America/St_Johns Canada/Newfoundland
        1 0e5da37ee7547717 America/Swift_Current
        6 737832de6171a3ef America/Tegucigalpa
        218 f45720a3aae0922f America/Thule
        113 c6e1545bba48de87 America/Vancouver Canada/Pacific
        81 88c04a70b5485987 America/Whitehorse Canada/Yukon
        260 5b55a02f0e6cae0f America/Yakutat
        16 10b6ab732d16be43 Antarctica/Casey
        4 48914e8dc0b2852f Antarctica/Davis
        0 aff01d4c86f03eff Antarctica/DumontDUrville Etc/GMT-10 Pacific/Chuuk Pacific/Port_Moresby Pacific/Truk
        0 aff01d4c86f03eff Pacific/Yap
        258 542d45952597498f Antarctica/Macquarie
        1 33e08d07df7f35c7 Antarctica/Mawson
        251 6886ca7635458be7 Antarctica/McMurdo Antarctica/South_Pole NZ Pacific/Auckland
        70 86423b340031899f Antarctica/Palmer
        1 bd670972549b4ea7 Antarctica/Rothera
        190 f9df5687b8dd264f Antarctica/Troll
        3 082269451474ba57 Antarctica/Vostok
        240 e2df8bd38ea1568f Arctic/Longyearbyen Atlantic/Jan_Mayen Europe/Berlin Europe/Copenhagen Europe/Oslo
        240 e2df8bd38ea1568f Europe/Stockholm
        49 758dbce8edfa3177 Asia/Almaty
        85 c36e397ab9d4d757 Asia/Amman
        59 0451ba642ecab417 Asia/Anadyr
        45 8a997c732f42a8c7 Asia/Aqtau
        46 7c5e2e810278b4ef Asia/Aqtobe
        22 b4c3f0a3351d3a1f Asia/Ashgabat Asia/Ashkhabad
        44 36b4748e0972b34f Asia/Atyrau
        52 545277f4b9ecca8f Asia/Baghdad
        1 3d3c350fcf046107 Asia/Bahrain Asia/Qatar
        62 9bd99d900ab69dcf Asia/Baku
        0 af81ed4c8635036f Asia/Bangkok Asia/Jakarta Asia/Phnom_Penh Asia/Vientiane Etc/GMT-7 Indian/Christmas
        64 76a929f659ba11df Asia/Barnaul
        246 b28aff10a80f5a6f Asia/Beirut
        48 4daffa7e5050ef37 Asia/Bishkek
        0 af943d4c8654215f Asia/Brunei Asia/Kuching Asia/Makassar Asia/Ujung_Pandang Etc/GMT-8
        0 afaf154c8681be67 Asia/Calcutta Asia/Kolkata
        63 b396046b9ce842e7 Asia/Chita
        49 79444a21a6437517 Asia/Choibalsan Asia/Ulaanbaatar Asia/Ulan_Bator
        12 80e652689d68f9ff Asia/Chongqing Asia/Chungking Asia/Harbin Asia/Shanghai PRC
        3 d0c0fd7d66c174ff Asia/Colombo
        2 47a477be8b52929f Asia/Dacca Asia/Dhaka
        95 2d7133a846992097 Asia/Damascus
        2 e4c8115c9aa4dc3f Asia/Dili
        0 af5bfd4c85f48c9f Asia/Dubai Asia/Muscat Etc/GMT-4 Indian/Mahe Indian/Reunion
        21 0cded39f1f84c227 Asia/Dushanbe
        248 368762bb1e66923f Asia/Famagusta
        298 5d3a93fb62cbd31f Asia/Gaza
        300 23ab1e22536b2133 Asia/Hebron
        1 f036549830531447 Asia/Ho_Chi_Minh Asia/Saigon
        16 2e2bbd83717f585f Asia/Hong_Kong Asia/Macao Asia/Macau Hongkong
        49 dcdc6a7290c2d147 Asia/Hovd
        62 37ab5146bef8ff5f Asia/Irkutsk
        77 b6d0be894a7196d7 Asia/Istanbul Europe/Istanbul Turkey
        0 af9e4d4c86653a8f Asia/Jayapura Asia/Tokyo Etc/GMT-9 Japan Pacific/Palau
        238 55579668ef755d1f Asia/Jerusalem Asia/Tel_Aviv Israel
        0 af5d054c85f64d37 Asia/Kabul
        60 bd15843e163d9f2f Asia/Kamchatka
        6 7cb82f46a6a95e1f Asia/Karachi
        0 afb7dd4c8690aa3f Asia/Kashgar Asia/Urumqi Etc/GMT-6
        1 6929a3c7b85ebfd3 Asia/Kathmandu Asia/Katmandu
        64 4e01ff9a9e599f9f Asia/Khandyga
        62 15cca3891988724f Asia/Krasnoyarsk
        1 7ad0995c13e12e9f Asia/Kuala_Lumpur Asia/Singapore Singapore
        63 5e423eea04803187 Asia/Magadan
        4 3a7ca5ba12e61d3f Asia/Manila
        250 35ecba025380a59f Asia/Nicosia Europe/Nicosia
        60 77bedcf4707fda7f Asia/Novokuznetsk
        64 beafbfd918d48e1f Asia/Novosibirsk
        62 c8abb4443050b47f Asia/Omsk
        44 a50ac7ae0cf9fa2f Asia/Oral
        1 c327a2f6b70e3bc7 Asia/Pontianak
        2 8f0be7b0b2166477 Asia/Pyongyang
        46 c15ac56dc19fbf3f Asia/Qostanay
        44 66f20449af1fecdf Asia/Qyzylorda
        0 afb8e54c86926ad7 Asia/Rangoon Asia/Yangon Indian/Cocos
        62 2d063bf7b1d99b4f Asia/Sakhalin
        20 1360271941ef454f Asia/Samarkand
        4 59791af16b09570f Asia/Seoul ROK
        62 7534a453d908068f Asia/Srednekolymsk
        6 527efc1eddb1b0cf Asia/Taipei ROC
        21 a46ed40d39cd0027 Asia/Tashkent
        46 80043ffd69cb4adf Asia/Tbilisi
        69 567aa852f5f1a5cf Asia/Tehran Iran
        1 09ec4be5428b0b87 Asia/Thimbu Asia/Thimphu
        64 3cb30a9138bd8acf Asia/Tomsk
        63 d47b7e43ad52a657 Asia/Ust-Nera
        62 fdd32ed3107ce6bf Asia/Vladivostok
        62 1c2a4578bf6c3faf Asia/Yakutsk
        62 cb2d1934096f1e6f Asia/Yekaterinburg
        58 241c39a2b879402f Asia/Yerevan
        238 ef4dcf9c0ba6ed3f Atlantic/Azores
        252 8e1392ddc95bc8bf Atlantic/Bermuda
        240 f5c1edb36a537c4f Atlantic/Canary
        1 05e042b8d0116827 Atlantic/Cape_Verde
        238 da086ac5388843bf Atlantic/Faeroe Atlantic/Faroe
        236 699911b845f7f44f Atlantic/Madeira
        0 50802cb379ce8ebf Atlantic/South_Georgia Etc/GMT+2
        55 254313e33486ca77 Atlantic/Stanley
        257 56ec797275cc1867 Australia/ACT Australia/Canberra Australia/NSW Australia/Sydney
        257 2a44a3d167176ecf Australia/Adelaide Australia/South
        8 db4941c952c039ff Australia/Brisbane Australia/Queensland
        257 ff3ea010bd9989cf Australia/Broken_Hill Australia/Yancowinna
        260 b468d3da41253c6f Australia/Currie Australia/Hobart Australia/Tasmania
        0 afe7554c86e15327 Australia/Darwin Australia/North
        12 dcf63e123af7cc6b Australia/Eucla
        238 768584f4b6a9db2f Australia/LHI Australia/Lord_Howe
        12 f7d3a09d1ca993bf Australia/Lindeman
        257 ead5e9fdf0324667 Australia/Melbourne Australia/Victoria
        12 a89de3562535cc9f Australia/Perth Australia/West
        246 e83c92322745c24f CET Europe/Amsterdam Europe/Brussels Europe/Luxembourg MET
        257 09a165993011e1a7 Chile/EasterIsland Pacific/Easter
        250 40433e40dab1d63f EET Europe/Athens
        257 1cbe0b8b9831b5e7 Eire Europe/Belfast Europe/Dublin Europe/Guernsey Europe/Isle_of_Man Europe/Jersey
        257 1cbe0b8b9831b5e7 Europe/London GB GB-Eire
        0 50923cb379ed3fef Etc/GMT+1
        0 500facb3790f653f Etc/GMT+10 HST Pacific/Honolulu Pacific/Johnston Pacific/Tahiti US/Hawaii
        0 5005dcb378feb8cf Etc/GMT+11 Pacific/Midway Pacific/Niue Pacific/Pago_Pago Pacific/Samoa US/Samoa
        0 5033ccb3794cc79f Etc/GMT+12
        0 506c0cb379ac5c5f Etc/GMT+8
        0 5061bcb3799ad66f Etc/GMT+9 Pacific/Gambier
        0 affa2d4c8701582f Etc/GMT-11 Pacific/Guadalcanal Pacific/Pohnpei Pacific/Ponape
        0 afcc7d4c86b3b61f Etc/GMT-12 Pacific/Funafuti Pacific/Majuro Pacific/Tarawa Pacific/Wake Pacific/Wallis
        0 afd68d4c86c4cf4f Etc/GMT-13
        0 b0285d4c874fd3bf Etc/GMT-14
        0 afa60d4c867265cf Etc/GMT-5 Indian/Kerguelen Indian/Maldives
        230 ebbbb37306c99ccf Europe/Andorra
        60 a6d92d008e67019f Europe/Astrakhan
        234 a24575e4eb6271cf Europe/Belgrade Europe/Ljubljana Europe/Podgorica Europe/Sarajevo Europe/Skopje
        234 a24575e4eb6271cf Europe/Zagreb
        242 885e55da3017274f Europe/Bratislava Europe/Prague
        242 793285f8fa999f2f Europe/Bucharest
        240 a1f76d1bfd47008f Europe/Budapest
        238 b39b598b86d7594f Europe/Busingen Europe/Vaduz Europe/Zurich
        239 d7aa86fbdf0c4ab7 Europe/Chisinau Europe/Tiraspol
        236 b5561327613c398f Europe/Gibraltar
        238 16c91545f0506b1f Europe/Helsinki Europe/Mariehamn
        61 fa8da6310ecbe647 Europe/Kaliningrad
        237 c0c23de196d9b6d7 Europe/Kiev Europe/Kyiv Europe/Uzhgorod Europe/Zaporozhye
        59 1928efe9631c9cb7 Europe/Kirov
        245 91ca887fe60d7ac7 Europe/Lisbon Portugal WET
        252 e660c132f9cee74f Europe/Madrid
        260 5fba3b737fd39eaf Europe/Malta
        58 c76abf438c17dc5f Europe/Minsk
        248 d9c757bf620a823f Europe/Monaco Europe/Paris
        62 e2c59839e3102c0f Europe/Moscow W-SU
        235 cfc72a12129017f7 Europe/Riga
        260 fe1ff8e3fc899b8f Europe/Rome Europe/San_Marino Europe/Vatican
        58 e316494f88b1c2bf Europe/Samara
        60 b9f3832b8975a8bf Europe/Saratov
        65 3a0a99aaf8c0dba7 Europe/Simferopol
        242 0b1340f7507799af Europe/Sofia
        233 2374355406a6ace7 Europe/Tallinn
        252 96952a1993bdac8f Europe/Tirane
        62 291c5c49199e6eff Europe/Ulyanovsk
        240 ec4eb2ca2d10465f Europe/Vienna
        229 8b750727c4530517 Europe/Vilnius
        61 74019692e6a75007 Europe/Volgograd
        246 fea4607ce63dfdcf Europe/Warsaw Poland
        1 e4a80e588dd936f7 Indian/Chagos
        4 3b08c3066eb6997f Indian/Mauritius
        1 2ae891c15c454377 Kwajalein Pacific/Kwajalein
        251 060812a95708d3a7 NZ-CHAT Pacific/Chatham
        23 fbb80f6288c30cd7 Pacific/Apia
        1 3f24bec3df185c67 Pacific/Bougainville
        22 8a0b2be104cc3ecf Pacific/Efate
        2 1dfb92dd3b3dc6bf Pacific/Enderbury Pacific/Kanton
        1 6050979eaf3f8547 Pacific/Fakaofo
        28 0de9b04f720243af Pacific/Fiji
        3 6da1b890b1a178c7 Pacific/Galapagos
        10 b206426f7d0873e3 Pacific/Guam Pacific/Saipan
        2 e9d67beebfa4dc2f Pacific/Kiritimati
        1 8c97bbfc3cd23187 Pacific/Kosrae
        0 5018b4b3791ebdd7 Pacific/Marquesas
        1 a0769ca187d8fe47 Pacific/Nauru
        164 aeade58fe2dcf19f Pacific/Norfolk
        6 34613df722833b4f Pacific/Noumea
        1 a2a4683469509ae7 Pacific/Pitcairn
        26 1df7388bba1dd36f Pacific/Rarotonga
        8 7dd79dda8713e26f Pacific/Tongatapu
        """
}
