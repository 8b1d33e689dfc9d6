//! Words that decide: what a provision is called, what joins a list, what only looks like law.
//!
//! All words are folded (lower case, `ё` as `е`). Adding a language is adding words here.

use crate::quick::QuickSet;
use std::sync::LazyLock;

/// Makes a function for each list of words, which says whether a word is on the list.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident $list_name:ident: $list:literal;)*) => {
        $(const $list_name: &str = $list;
        $(#[$doc])*
        pub(super) fn $name(word: &str) -> bool {
            static LIST: LazyLock<QuickSet<&str>> =
                LazyLock::new(|| $list_name.split_whitespace().collect());
            LIST.contains(word)
        })*
    };
}

words! {
    /// The word for one article.
    one_article ONE_ARTICLE: "article art статья статье статью статьей статьею artículo articulo articolo artigo \
        artykuł artykułu";
    /// The word for several articles.
    several_articles SEVERAL_ARTICLES: "articles arts artt статей статьям статьями статьях artículos articulos articoli artigos \
        artykuły";
    /// The word for articles whose form does not tell how many.
    any_articles ANY_ARTICLES: "статьи ст стаття статті статтею статтю artikel artikels artikeln artikelen madde";
    /// The word for one part of an article.
    one_part ONE_PART: "paragraph para par subparagraph subpara subsection point clause cl letter lit litera \
        item alinea alinéa abs absatz apartado párrafo pt subpoint part пункт пункта пункту пунктом пункте подпункт подпункта \
        подпункту подпунктом подпункте часть частью";
    /// The word for several parts of an article.
    several_parts SEVERAL_PARTS: "paragraphs paras pars subparagraphs subparas subsections points clauses letters items \
        pts subpoints parts пункты пунктов пунктам пунктами пунктах подпункты подпунктов \
        подпунктам подпунктами подпунктах частей частям частями частях";
    /// The word for parts of an article whose form does not tell how many.
    any_parts ANY_PARTS: "части п пп подп ч абз абзац абзаца абзаце абзацы параграф параграфа";
    /// Whether `word` is one by which a document without articles is cited: paragraph 7.5.
    paragraph_word PARAGRAPH_WORD: "paragraph paragraphs para paras пункт пункта пункты пунктов пункте пунктах п пп параграф \
        параграфа";
    /// Whether `word` joins two members of a list.
    joins JOINS: "and or nor и или а либо также та et y und oder e juncto және мен бен пен немесе as plus";
    /// Whether `word` leads from the first to the last of a range.
    leads_to LEADS_TO: "to through thru until по bis à";
    /// Whether `word` after a provision says to what it belongs.
    belongs BELONGS: "of du de des del della der do da dello van";
    /// Whether `word` may stand between a provision and the instrument that holds it.
    holds HOLDS: "in under within from by в согласно";
    /// Whether `word` after a provision leads to the instrument: “as enshrined in the ICCPR”.
    enshrined ENSHRINED: "enshrined guaranteed protected contained provided set laid stated recognized recognised \
        found codified proclaimed stipulated";
    /// Whether `word` may stand before a name without being part of it.
    determiner DETERMINER: "the this that its their our his her said same present current own national \
        aforementioned abovementioned very whole entire amended revised existing both each two \
        la le les el los las l d dem den die das der";
    /// Whether `word` before a name says that another text is meant than the one in force.
    other_version OTHER_VERSION: "new draft proposed former previous old interim soviet earlier future provisional planned \
        repealed foreign other another";
    /// Whether `word` refers back to what was cited last.
    refers_back REFERS_BACK: "which it whose";
    /// Whether `word` is a document that is no law: the report itself, a book, a series of pieces.
    own_document OWN_DOCUMENT: "report reports study chapter paper book series magazine journal newspaper handbook guide \
        thesis essay publication site website blog issue edition volume manual submission review \
        survey article briefing annex appendix доклада отчета обзора исследования главы журнала \
        газеты книги";
    /// Whether `word` before “code” makes it a code of law.
    code_kind CODE_KIND: "criminal penal civil administrative labour labor tax procedure family electoral election \
        military offences customs budget commercial land environmental entrepreneurial executive \
        enforcement";
    /// Whether `word` says that a law of the State, which need not be named, was applied to somebody
    /// or was changed.
    charges CHARGES: "charge charged charges charging fine fined fines convict convicted conviction sentence \
        sentenced accused tried prosecuted punished punishable punishes jailed imprisoned arrested \
        detained held indicted amended amends repealed added introduced criminalizes criminalises";
    /// Whether `word` says that an organization or a body acts: “Article 19 said”.
    body_acts BODY_ACTS: "said says warned warns reported reports published publishes urged urges found finds \
        noted notes called calls criticized criticised criticizes condemned condemns told wrote \
        writes documented documents recommended recommends launched argued argues believes \
        expressed expresses welcomed claims claimed concluded concludes ruled held observed \
        observes asked reminded reviewed considered decided commented stressed added explained \
        monitors monitored campaigns campaigned describes described announced issued analysed \
        analyzed estimates estimated ranked submitted sent demanded adopted examined complained \
        concerned committee court judgment judgement judges ruling rulings reiterated emphasized \
        emphasised regretted deplored advised";
    /// Whether `word` is what a provision does, and no organization.
    law_speaks LAW_SPEAKS: "protects protect guarantees guarantee provides provide states state requires require \
        prohibits prohibit permits permit covers allows enshrines applies apply sets recognizes \
        recognises lists obliges forbids bans defines stipulates extends rights right violation \
        violations freedoms obligations imposes affirms secures ensures limits excludes \
        establishes contains";
    /// Whether `word` before “Article 19” makes it a provision.
    before_provision BEFORE_PROVISION: "under in violates violate violated violating breaches breach breached contravenes \
        contravene infringes infringe see cf within violation contrary against invoking invoked \
        pursuant to protected guaranteed";
    /// Whether `word` before “article” makes it a piece of writing.
    writing WRITING: "op ed oped news newspaper journal magazine blog opinion media press online web wikipedia \
        scholarly academic published front page encyclopedia encyclopaedia review recent another \
        research";
    /// Whether `word` names organizations, beside which “Article 19” is one too.
    organization ORGANIZATION: "ngo ngos organization organisation organizations organisations group groups watchdog \
        watchdogs charity amnesty hrw cpj rsf reporters watch freedom house pen according \
        campaigners international ifex charities activists coalition defenders index";
    /// The words of a provision's own things: “Article 19’s guarantee”, not its report.
    provision_has PROVISION_HAS: "guarantee guarantees protection protections requirement requirements scope wording text \
        three ban prohibition limits language provisions safeguards standard standards meaning \
        object purpose";
    /// Whether `word` is what a treaty body has or makes: the CRC’s concluding observations.
    body_has BODY_HAS: "concluding report recommendations recommendation observations general findings views \
        judgment judgments members session case rapporteur jurisprudence decision decisions";
    /// Whether `word` may stand between a body and what it does.
    auxiliary AUXILIARY: "has had have also itself recently repeatedly rightly then";
    /// Whether `word` leads from the head of a law's name to its subject: Law on, Code of.
    leads_on LEADS_ON: "of on for against to relating concerning governing no о об по против";
    /// Whether `word` may stand inside the name of a law.
    inside_name INSIDE_NAME: "the and other all in и в";
    /// Whether `word` may stand between provisions that are listed together.
    between_listed BETWEEN_LISTED: "read taken in conjunction together with along well of also under but not rather \
        than nor either neither в сочетании с";
    /// Whether `word` may stand between a law's name and its articles.
    between_name_and_article BETWEEN_NAME_AND_ARTICLE: "s in under at see cf e g i namely particularly especially notably \
        specifically including its both particular the also each mainly chiefly principally by through \
        respectively notamment в см";
    /// Whether `word` is written with a full stop that ends no sentence.
    abbreviation ABBREVIATION: "art arts no nos para paras cl sec cf ibid id dr mr mrs ms prof vs st eg ie supra seq \
        ст пп подп";
    /// Whether `word` is what a provision gives or suffers: “Article 9 rights under the ICCPR”.
    provision_gives PROVISION_GIVES: "violation violations right rights guarantee guarantees protection protections \
        obligation obligations freedoms standards safeguards requirements breach breaches";
    /// Whether `word` after a number is what the number counts.
    counted COUNTED: "minute minutes hour hours day days week weeks month months year years second seconds \
        people person persons percent per million billion thousand hundred times km pages page \
        words men women children pm am млн млрд тыс процентов лет человек раз дней года году год \
        часов минут per-cent police dollars euros tenge staff metres centimetres points";
    /// Whether `word` ends in s and is yet no plural noun that a number could count.
    no_plural NO_PLURAL: "is was has as does thus plus versus its this always besides whereas us perhaps \
        nevertheless nonetheless across towards regardless respectively arts articles paras \
        paragraphs";
    /// Whether an acronym is of a body, a State or a thing, and so no law that could be cited.
    no_law NO_LAW: "ngo un eu osce us usa uk ussr ilo npm it hiv tv lgbt lgbti lgbtq aids hrw cpj nato cis odihr \
        rsf uae prc ohchr unhcr unicef undp unesco wto hrc ai see cf and or the id ibid no not of in";
    /// Whether `word` is the English head of a law’s name.
    english_head ENGLISH_HEAD: "code codes act acts law laws constitution constitutions statute statutes treaty treaties \
        convention conventions covenant covenants charter declaration protocol protocols \
        regulation regulations directive decree edict resolution agreement pact ordinance \
        legislation bylaws rules bill";
    /// Words that often stand first in a sentence.
    opening_word OPENING_WORD: "a an on at for with but while although unlike like where if since because however when \
        neither either every any no not only even per against see cf also most many between \
        contrary according given despite notably yet thus under state states в на по к о об из с \
        согласно эта наша это ст art arts ibid id note notes government republic";
    /// An English month.
    english_month ENGLISH_MONTH: "january february march april may june july august september october november december \
        jan feb mar apr jun jul aug sept sep oct nov dec";
    /// A Russian month, as it stands after a day.
    russian_month RUSSIAN_MONTH: "января февраля марта апреля мая июня июля августа сентября октября ноября декабря";
}

/// Whether a provision or the head of a law's name may begin with `word`: what no list here has,
/// need not be looked at again.
pub(super) fn begins_something(word: &str) -> bool {
    static HOT: LazyLock<QuickSet<&str>> = LazyLock::new(|| {
        let lists = [
            ONE_ARTICLE,
            SEVERAL_ARTICLES,
            ANY_ARTICLES,
            ONE_PART,
            SEVERAL_PARTS,
            ANY_PARTS,
            ENGLISH_HEAD,
        ];
        let words = lists.iter().flat_map(|list| list.split_whitespace());
        let others = "section sections sec secs sub p a covenants principles guidelines";
        words.chain(others.split(' ')).chain(ORDINALS).collect()
    });
    !word.is_ascii() || HOT.contains(word)
}

/// What a word before (or after) a number says that the number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// An article.
    Article,
    /// A section, by which some translate the articles of a statute.
    Section,
    /// A paragraph of a document that has no articles.
    Paragraph,
}

/// The word for an article, with its number: `Some(true)` for a plural, `None` where the form
/// does not tell.
pub(super) fn article_word(word: &str) -> Option<Option<bool>> {
    number_of(one_article(word), several_articles(word), any_articles(word))
}

/// The word for a section of a statute.
pub(super) fn section_word(word: &str) -> Option<Option<bool>> {
    number_of(matches!(word, "section" | "sec"), matches!(word, "sections" | "secs"), false)
}

/// The word for a part of an article: paragraph, point, clause and their like.
pub(super) fn part_word(word: &str) -> Option<Option<bool>> {
    number_of(one_part(word), several_parts(word), any_parts(word))
}

fn number_of(one: bool, several: bool, any: bool) -> Option<Option<bool>> {
    match (one, several, any) {
        (true, ..) => Some(Some(false)),
        (_, true, _) => Some(Some(true)),
        (.., true) => Some(None),
        _ => None,
    }
}

const ORDINALS: [&str; 8] =
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"];

/// The place that an ordinal word gives: `second` is 2.
pub(super) fn ordinal(word: &str) -> Option<u32> {
    ORDINALS.iter().position(|ordinal| *ordinal == word).map(|place| place as u32 + 1)
}

/// Whether `word` is the head of a law's name.
pub(super) fn legal_head(word: &str) -> bool {
    english_head(word) || cyrillic_head(word)
}

/// Whether `word` is the head of a law's name in Russian or Kazakh, in any case.
pub(super) fn cyrillic_head(word: &str) -> bool {
    const HEADS: &str = "кодекс закон устав конвенци пакт харти деклараци протокол конституци \
        договор указ положени правил постановлени соглашени заң жарғы жарлы";
    !word.is_ascii() && HEADS.split(' ').any(|head| word.starts_with(head))
}

/// Whether `word` is a month as it stands after a day; English months only with a capital.
pub(super) fn month(word: &str, capital: bool) -> bool {
    (english_month(word) && capital) || russian_month(word)
}

/// Whether a capital on `word` says nothing, for it may stand first in a sentence.
pub(super) fn function_word(word: &str) -> bool {
    determiner(word) || joins(word) || belongs(word) || holds(word) || opening_word(word)
}
