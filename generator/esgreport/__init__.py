"""esgreport: figures and stories in, a bilingual ESG report out.

The parts, from the inside out; a part imports only from those above it (kept by tests/test_architecture.py):

    diagnostics, codes, amounts, workers   what can be said of the input; exact numbers; processes
    interface                          what the tool says, in the language of who reads it
    fetching                           files from npm, known by their hashes: faces
    languages, units                   wordings; units of measure
    source                             text files → nodes with places; door to yaml
    model, pictures, faces             the report as values; may a picture be used; doors to Pillow, fontTools
    qr                                 addresses as codes; door to segno
    schema, formulas, qualifiers       shapes of data files; formulas as trees; about, over, nearly
    blocks, publications, deadlines    blocks of pages; standards and laws; until when a report is wanted
    narrative                          Markdown → sections, prose, blocks; door to markdown-it
    expressions                        what a formula is worth, needs and may be
    targets                            the way to what is wanted, and where it stands
    compute                            totals, formulas, intensities, with their trail
    load, calls, tables                a project's files → Report; value calls; tables
    topics, framework, quantities      topics; catalogues of requirements; is a figure in the quantity asked for
    target_tables, methods             tables of targets; method notes: what is explained, which factors were used
    words_of_figures                   figures in words
    rounding, charts                   whether printed parts add up; charts and tiles: which figure stands where
    printed                            what pages print
    index, answers                     the content index; which figures answer who asks them
    views, series, worklist            the report as strings for one language; figures beside each other; who is to answer
    citations, statements              where texts cite a standard or law; statements that the data bear out
    wording, numerals, characters, terms   what is said in words; its numbers; mixed-up characters; words of the glossary
    subjects                           what figures are called in sentences
    name_writer, statement_writer, companies   word names and contacts; word statements; companies that are named
    table_writer, method_writer        word tables and method notes
    target_writer, chart_writer, answer_writer   word tables of targets, charts and tiles; answers
    topic_writer, summary_writer       words topics; the data summary as readers work with it on screen
    writer                             words the views
    checks, acceptance                 what must hold, one rule a module
    ridge, drawing, diagrams           the cover's picture from a year's months; charts and diagrams as shapes and texts
    typesetting                        room between Han and Latin, and marks that close up
    bilingual                          two languages in one book
    finished, finished_pdf             a finished build, read back; its PDFs; door to pypdf
    differences, proof                 two of them compared; every number of one held against the data
    differences_writer, proof_writer, checklist   what changed, in words; what calling figures came to; what is done
    render, workbook, structure, press   views and templates → pages; door to jinja2; workbooks; door to openpyxl; what a
                                       page tells; what makes a book a printer's
    export, output, pdf, site_engine   data files; the output folder; the PDF; the website; doors to weasyprint, mkdocs
    search, policy, share, press_sheet   finished pages → what their search knows, what they may load; the cover as a
                                       picture; what goes to the printer beside his edition
    trail                              from a figure back to its cells, and to its places
    pipeline, revisions                the order of things; a report as it was, from git
    changes, migrations, section_ids   what is written into sources, and taken back; older projects; ids that sections lack
    handing_over                       the folder for exchange, printer, web server and assurer
    doctor                             what a machine lacks
    manual, editors                    what a code means; what editors know of the data files
    starter                            a new project
    findings_writer                    findings for people, programs, editors, CI
    preview                            the report as it is being written
    preview_server                     given out on this machine
    cli                                arguments, exit codes, printing
"""

__version__ = "0.1.0"
