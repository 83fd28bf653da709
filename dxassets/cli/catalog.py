"""What help says, in Vietnamese and English: commands, options, examples. Each text is a pair `(vi, en)`.

Plain tuples: `dxassets --help` reads nothing but these.
"""

from __future__ import annotations

from dxassets.cli.letter_options import OF_LETTERS
from dxassets.cli.loop_options import OF_LOOPS
from dxassets.cli.report_options import ABOUT_REPORT, OF_REPORTS
from dxassets.kinds.commands import COMMANDS as OF_KINDS

Text = tuple[str, str]

SUMMARY: Text = (
    "Một tệp chiến dịch, ra cả bộ ấn phẩm: banner, khung ảnh đại diện, mã QR và công văn.",
    "One campaign file in, the whole campaign out: banners, avatar frames, QR codes, the letter.",
)
USAGE: Text = ("Cách dùng", "Usage")
COMMAND: Text = ("LỆNH", "COMMAND")
OPTIONS_WORD: Text = ("TÙY CHỌN", "OPTIONS")
COMMANDS_TITLE: Text = ("Các lệnh", "Commands")
ARGUMENTS_TITLE: Text = ("Tham số", "Arguments")
OPTIONS_TITLE: Text = ("Tùy chọn", "Options")
EXAMPLES_TITLE: Text = ("Ví dụ", "Examples")
MORE_HELP: Text = (
    "Chi tiết của từng lệnh: dxassets LỆNH --help",
    "More on a command: dxassets COMMAND --help",
)

COMMANDS: dict[str, Text] = {
    "build": (
        "dựng cả chiến dịch (chỉ làm lại những gì đã thay đổi)",
        "build the campaign (only what has changed is made again)",
    ),
    "verify": (
        "đối chiếu một thư mục đã dựng với bản kê manifest.json",
        "hold a built folder against its manifest.json",
    ),
    **{name: about for name, (_module, about, _examples) in OF_KINDS.items()},
    "register": (
        "xem và in sổ đăng ký văn bản đi (Phụ lục IV, Nghị định 30)",
        "show and print the book of outgoing documents (Phụ lục IV of the decree)",
    ),
    "copy": (
        "làm bản sao điện tử từ bản quét (Mẫu 3.2): sao y, sao lục, trích sao",
        "make an electronic copy of a scan (Mẫu 3.2), ready to be signed",
    ),
    "report": ABOUT_REPORT,
    "lint": (
        "soi một tệp Word hoặc PDF theo Nghị định 30/2020/NĐ-CP",
        "hold a Word file or PDF against Nghị định 30/2020/NĐ-CP",
    ),
    "sheet": (
        "làm bản duyệt: mọi banner và khung ảnh đã dựng trên vài trang",
        "make the approval sheet: every banner and frame that was built, on a few pages",
    ),
    "site": (
        "làm trang web tĩnh của chiến dịch: banner, khung ảnh, công văn",
        "make the campaign's static web site: banners, avatar frames, the letter",
    ),
    "serve": (
        "mở máy chủ: các trang của chiến dịch, làm banner và công văn trực tiếp",
        "run a server: the campaign's pages, with banners and the letter made on the spot",
    ),
    "open": ("mở trang bắt đầu trong trình duyệt", "open the start page in the browser"),
    "presets": ("liệt kê các cỡ ảnh", "list the presets: the sizes that there are"),
    "themes": ("liệt kê các kiểu trình bày", "list the themes"),
    "agencies": (
        "liệt kê, tìm cơ quan; nhận và xuất danh sách Excel",
        "list and find agencies; take lists from Excel and give them",
    ),
    "check": ("kiểm tra một chiến dịch trước khi dựng", "check a campaign before it is built"),
    "init": ("tạo chiến dịch mới, cho tỉnh nào, năm nào, việc gì cũng được", "start a new campaign"),
    "schema": (
        "in JSON Schema của campaign.toml, hoặc ghi ra tệp; cả của duties.toml",
        "print the JSON Schema of campaign.toml, or write it to a file; that of duties.toml, too",
    ),
    "doctor": ("xem máy này còn thiếu gì và phải làm gì", "tell what this machine lacks and what to do"),
    "completion": (
        "in mã để shell tự điền lệnh, tùy chọn, mã ngày, cỡ, kiểu và cơ quan khi bấm Tab",
        "print what makes a shell complete commands, options and ids with Tab",
    ),
}

OPTIONS: dict[str, Text] = {
    "help": ("in hướng dẫn này", "show this help"),
    "lang": (
        "ngôn ngữ: vi hoặc en (hoặc đặt biến DXASSETS_LANG)",
        "language: vi or en (or set DXASSETS_LANG)",
    ),
    "version": ("in số phiên bản", "show the version"),
    "campaign": (
        "thư mục chiến dịch, tệp campaign.toml, hoặc mã chiến dịch có sẵn (mặc định: {bundled})",
        "a campaign folder, a campaign.toml, or the id of a bundled campaign (default: {bundled})",
    ),
    "same_campaign": (
        "cũng là CAMPAIGN, viết thành tùy chọn",
        "the same as CAMPAIGN, as an option",
    ),
    "agency": (
        "mã cơ quan (dùng được nhiều lần; mặc định: cơ quan ban hành; tìm mã: dxassets agencies --find)",
        "agency id (repeatable; default: the issuing agency; find ids by: dxassets agencies --find)",
    ),
    "all_agencies": ("mọi cơ quan trong danh sách", "every agency on the list"),
    "agency_name": (
        "tên đầy đủ của cơ quan, kể cả khi không có trong danh sách",
        "an agency's full name, whether or not it is on the list",
    ),
    "day": ("mã ngày, ví dụ 10-10", "day id, such as 10-10"),
    "theme": ("mã kiểu trình bày, ví dụ digital", "theme id, such as digital"),
    "preset": ("mã cỡ ảnh, ví dụ share-1200x630", "preset id, such as share-1200x630"),
    "kind": ("loại ấn phẩm (dùng được nhiều lần)", "kind of asset (repeatable)"),
    "format": (
        "định dạng, trong những dạng mà loại ấn phẩm đó có (dùng được nhiều lần)",
        "format, among those that the kind can be made in (repeatable)",
    ),
    "marks": ("thêm dấu xén vào các tệp PDF để in", "put crop marks on the PDF files for print"),
    "proof": (
        "làm thêm bản kiểm (<cỡ>-proof.pdf) của cỡ in lớn: viền may, khuy, phần bị che",
        "also make the workshop's proof (<preset>-proof.pdf) of large prints: hems, eyelets, hidden strips",
    ),
    "proof_banner": (
        "làm bản kiểm của cỡ in lớn thay cho tệp để in",
        "make the workshop's proof of a large print instead of the file for print",
    ),
    "scale": (
        "2: ảnh web nét gấp đôi cho màn hình mật độ cao (<cỡ>@2x)",
        "2: web pictures twice as dense, for high-density screens (<preset>@2x)",
    ),
    "shown_agency": (
        "chỉ cơ quan có mã này (dùng được nhiều lần)",
        "only the agency of this id (repeatable)",
    ),
    "by": (
        "xếp nhóm theo theme, preset, day hoặc agency (mặc định: theme)",
        "group by theme, preset, day or agency (default: theme)",
    ),
    "sheet_file": (
        "tệp sẽ ghi: .pdf (A3, nhiều trang) hoặc .png (một ảnh dài); -: đầu ra chuẩn",
        "file to write: .pdf (A3 pages) or .png (one tall picture); -: standard output",
    ),
    "logo": (
        "biểu trưng (SVG hoặc PNG) của cơ quan; tệp logos/<mã cơ quan>.svg|png của chiến dịch được ưu tiên",
        "the agency's logo (SVG or PNG); a campaign's own logos/<agency id>.svg|png comes first",
    ),
    "scene": (
        "cảnh phía sau chữ: tệp ảnh hay hình vẽ SVG của cơ quan, mã một cảnh (highland), hoặc none",
        "scene behind the type: a photo or SVG drawing of your own, the id of a scene (highland), or none",
    ),
    "scene_focus": (
        "với --scene TỆP: điểm phải thấy trên ảnh, ví dụ 50%,40% (mặc định: tự tìm)",
        "with --scene FILE: the point of it that must be seen, such as 50%,40% (default: found)",
    ),
    "debug": (
        "vẽ đè bố cục lên banner (ô chữ, vùng an toàn, đường chân chữ); tên tệp thêm -debug",
        "draw the composition over banners (slots, safe area, baselines); file names get -debug",
    ),
    "out": ("thư mục đầu ra (mặc định: output)", "output folder (default: output)"),
    "out_or_store": ("thư mục đầu ra (mặc định: output) hoặc s3://…", "folder (default: output), or s3://…"),
    "built": ("thư mục đã dựng (mặc định: output)", "the built folder (default: output)"),
    "jobs": (
        "số tiến trình chạy song song (mặc định: số lõi của máy)",
        "how many processes work (default: as many as the machine has cores)",
    ),
    "cluster": ("địa chỉ cụm Dask cùng làm, hoặc local:N", "address of a Dask cluster to work, or local:N"),
    "force": ("làm lại tất cả", "make everything again"),
    "prune": ("xóa tệp cũ mà chiến dịch không còn nêu", "take away what the campaign names no longer"),
    "dry_run": ("chỉ nói sẽ làm gì, không ghi gì cả", "only say what would be made; write nothing"),
    "json": ("in kết quả dạng JSON cho máy đọc", "print the result as JSON, for machines"),
    "folder": (
        "thư mục của chiến dịch đã dựng, ví dụ output/chien-dich-2026",
        "folder of a built campaign, such as output/chien-dich-2026",
    ),
    "photos": (
        "ảnh hoặc thư mục ảnh (JPEG, PNG, WebP, HEIC của iPhone, AVIF, TIFF, BMP, GIF); -: đầu vào chuẩn",
        "photos or folders of them (JPEG, PNG, WebP, HEIC, AVIF, TIFF, BMP, GIF); -: standard input",
    ),
    "photos_folder": (
        "thư mục ghi ảnh đã lồng khung (ảnh gốc không bị sửa); -: một ảnh, ra đầu ra chuẩn",
        "folder for the framed photos (the photos themselves are not changed); -: one, to standard output",
    ),
    "frame_day": (
        "mã ngày, ví dụ 10-10 (mặc định: ngày đầu của chiến dịch)",
        "day id, such as 10-10 (default: the campaign's first)",
    ),
    "frame_theme": (
        "mã kiểu trình bày, ví dụ digital (mặc định: kiểu đầu tiên)",
        "theme id, such as digital (default: the first)",
    ),
    "frame_style": (
        "foot: dải chân, badge: vòng mảnh, woven: thổ cẩm, ribbon: băng góc, ring: vòng dày, square: vuông",
        "foot (a band), badge (slim ring), woven, ribbon, ring (broad), square; default: the theme's own",
    ),
    "own_frame": ("khung riêng: PNG, SVG có một lỗ trong suốt", "own frame: PNG or SVG with one clear hole"),
    "frame_agency": (
        "mã hoặc tên cơ quan: ghi tên gọn của cơ quan lên khung (tìm mã: dxassets agencies --find)",
        "agency's id or name: put its short name on the frame (find ids by: dxassets agencies --find)",
    ),
    "size": (
        "cạnh của ảnh kết quả, 200–2048 px (mặc định: 1080)",
        "side of the results, 200–2048 px (default: 1080)",
    ),
    "focus": (
        "điểm ảnh nằm giữa khung: auto (tự tìm khuôn mặt, mặc định), center, hoặc X,Y như 40%,30%",
        "point of the photo in the frame's middle: auto (the face, default), center, or X,Y as 40%,30%",
    ),
    "zoom": (
        "phóng ảnh trong khung, 1 đến 8 (1: vừa khít cạnh ngắn)",
        "enlarge the photo in the frame, 1 to 8 (1: its short side just fits)",
    ),
    "rotate": (
        "xoay ảnh, độ, theo chiều kim đồng hồ (ngược chiều: --rotate=-5)",
        "turn the photo, degrees, clockwise (the other way: --rotate=-5)",
    ),
    "no_turn": (
        "không tự xoay ảnh nằm ngang (mặc định: ảnh không ghi chiều được xoay theo khuôn mặt)",
        "leave photos on their side (default: those that don't say how they lie turn by their faces)",
    ),
    "fit": (
        "group: lấy cả nhóm, dù phải thu nhỏ ảnh; auto (mặc định): nhóm quá rộng thì lấy người chính",
        "group: show all main faces, if need be smaller; auto (default): of too wide a group the main one",
    ),
    "surround": (
        'với --fit group, phần quanh ảnh: blur (chính ảnh đó, làm nhòe; mặc định) hoặc màu "#rrggbb"',
        'with --fit group, around the photo: blur (itself, blurred; default) or a colour, "#rrggbb"',
    ),
    "corrections": (
        "tệp sua-khung.json lưu từ trang xem-lai.html: đặt ảnh đúng như đã sửa tay",
        "the sua-khung.json saved from xem-lai.html: puts photos where they were put by hand",
    ),
    "circle": (
        "cắt theo hình tròn của khung: ngoài vòng tròn là trong suốt (png, webp) hoặc trắng (jpg)",
        "cut to the frame's circle: outside it is see-through (png, webp) or white (jpg)",
    ),
    "frame_format": ("jpg (mặc định), png hoặc webp", "jpg (default), png or webp"),
    "ground": (
        'màu nền cho ảnh có phần trong suốt, dạng "#rrggbb" (mặc định: trắng)',
        'colour behind photos that are see-through, as "#rrggbb" (default: white)',
    ),
    "preview": (
        "làm thêm xem-truoc.png (ảnh ở 320, 170, 80, 40 px) và xem-lai.html (xem lại, sửa từng ảnh)",
        "also make xem-truoc.png (photos at 320, 170, 80, 40 px) and xem-lai.html (look through, correct)",
    ),
    "file": (
        "tệp sẽ ghi, đuôi tệp quyết định định dạng; -: đầu ra chuẩn",
        "file to write, its suffix decides the format; -: standard output",
    ),
    "file_format": (
        "định dạng (mặc định: theo đuôi tệp; phải nêu khi ghi ra -)",
        "format (default: by the suffix; needed where the file is -)",
    ),
    "url": ("địa chỉ web đầy đủ, bắt đầu bằng https://", "a full web address that begins with https://"),
    "label": (
        "dòng chữ dưới mã (mặc định: Quét mã để xem)",
        "words below the code (default: Quét mã để xem)",
    ),
    "number": (
        "số văn bản (để trống nếu chưa đăng ký)",
        "the document's number (left blank until registration)",
    ),
    "date": ("ngày ban hành, dạng 2026-09-21", "date of issue, such as 2026-09-21"),
    "signer": ("họ tên người ký", "name of the signer"),
    "split_annex": (
        "công văn và phụ lục thành hai tệp, mỗi tệp ký riêng",
        "letter and annex in files of their own, each to be signed by itself",
    ),
    "draft": ("in chìm chữ DỰ THẢO trên mọi trang", "print DỰ THẢO (draft) behind the words of every page"),
    **OF_LETTERS,
    **OF_LOOPS,
    **OF_REPORTS,
    "site_folder": (
        "thư mục mới hoặc còn trống cho trang web (mặc định: output/site; với --links: output/links)",
        "a new or empty folder for the site (default: output/site; with --links: output/links)",
    ),
    "site_from": (
        "thư mục đã dựng; thiếu gì thì dựng thêm vào đó (mặc định: output)",
        "the built folder; what is missing there is built first (default: output)",
    ),
    "site_agency": (
        "chỉ cơ quan có mã này (dùng được nhiều lần; mặc định: mọi cơ quan)",
        "only the agency of this id (repeatable; default: every agency)",
    ),
    "site_prerender": (
        "làm sẵn ảnh của cơ quan này; all: mọi cơ quan (mặc định: cơ quan phát động; trang tự vẽ tên khác)",
        "ready-made pictures of this agency; all: everybody's (default: the issuer's; the page draws others)",
    ),
    "site_url": (
        "địa chỉ sẽ công bố (mặc định: url của [site] trong campaign.toml), để liên kết chia sẻ hiện ảnh",
        "its address (default: url of [site] in campaign.toml), so that shared links show a picture",
    ),
    "site_rules": ("thêm tệp quy tắc cho máy chủ web", "add a file of rules for the web server"),
    "site_links": (
        "không dựng gì; bảng địa chỉ riêng của từng cơ quan (CSV, Excel) và công văn báo cho từng nơi",
        "build nothing; a table of each agency's own link (CSV, Excel), and a letter that tells it to each",
    ),
    "site_check": (
        "không dựng gì; so những gì đã đưa lên mạng với site.json trong --out, từng tệp",
        "build nothing; compare what was published with the site.json in --out, file by file",
    ),
    "letter_folder": ("thư mục ghi công văn (mặc định: .)", "folder for the letter (default: .)"),
    "host": (
        "địa chỉ để lắng nghe (mặc định: 127.0.0.1, chỉ máy này mở được; 0.0.0.0: mọi máy trong mạng)",
        "address to listen on (default: 127.0.0.1, this machine only; 0.0.0.0: the whole network)",
    ),
    "port": ("cổng (mặc định: 8000; 0: máy tự chọn)", "port (default: 8000; 0: have one chosen)"),
    "work_folder": ("thư mục chiến dịch và kết quả", "folder for campaigns and results"),
    "free_port": ("cổng (mặc định: máy tự chọn)", "port (default: a free one)"),
    "no_browser": ("chỉ in địa chỉ", "only print the address"),
    "workers": (
        "số tiến trình làm tệp (mặc định: số lõi trừ một, trong giới hạn của container)",
        "processes that make files (default: cores less one, within a container's limits)",
    ),
    "rate": (
        "số lượt mỗi phút cho một địa chỉ; làm một tệp tính 10 lượt (mặc định: 2400; 0: không giới hạn)",
        "turns a minute for one address; a file that is made takes 10 (default: 2400; 0: no limit)",
    ),
    "behind_proxy": (
        "máy chủ đứng sau nginx: lấy địa chỉ người hỏi từ X-Forwarded-For",
        "the server stands behind a proxy: take addresses from X-Forwarded-For",
    ),
    "import_agencies": (
        "làm agencies.csv (-o) từ bảng của cơ quan: .xlsx hoặc .csv, cột theo thứ tự nào cũng được",
        "make agencies.csv (-o) of an office's own table: .xlsx or .csv, its columns in any order",
    ),
    "export_agencies": (
        "ghi danh sách ra tệp Excel (.xlsx) hoặc .csv để sửa, rồi đưa lại bằng --import",
        "write the list to an Excel file (.xlsx) or .csv, to be edited and brought back by --import",
    ),
    "agencies_file": (
        "với --import: tệp sẽ ghi, ví dụ agencies.csv của chiến dịch; -: đầu ra chuẩn",
        "with --import: file to write, such as the campaign's agencies.csv; -: standard output",
    ),
    "find": ("tìm theo tên, không cần dấu", "find by name, marks not needed"),
    "province": ("tỉnh, thành phố; có dấu hay không đều được", "province, with or without its marks"),
    "year": (
        "năm (mặc định: năm nay; với --from: năm sau)",
        "year (default: this one; with --from the next)",
    ),
    "cause": ("về việc gì (mặc định: chuyen-doi-so)", "what for (default: chuyen-doi-so; trong = nothing)"),
    "new_day": ("ngày, ví dụ 10/10 (mặc định: theo luật)", "the day, such as 10/10 (default: by law)"),
    "day_name": ("tên của ngày ấy", "what that day is called"),
    "issuer": ("cơ quan ban hành, tên hoặc mã (mặc định: sở phụ trách)", "issuing agency, by name or id"),
    "units": ("đơn vị từ 01/7/2025, hay năm 2022 còn cấp huyện", "units since 1 July 2025, or of 2022"),
    "from_campaign": (
        "bắt đầu từ một chiến dịch cũ; những gì phải xem lại được ghi vào XEM-LAI.md",
        "start from an older campaign; what must be looked at again goes into XEM-LAI.md",
    ),
    "new_folder": ("thư mục mới hoặc còn trống", "a new or empty folder"),
    "schema_write": (
        "ghi ra tệp này thay vì in (-: vẫn in); tên bắt đầu bằng duties: duties.toml, khác: campaign.toml",
        "write to this file instead (-: print); of duties.toml if its name begins so, else of campaign.toml",
    ),
    "site_sums": (
        "thư mục của report collect: đưa biểu đồ kết quả lên trang Báo cáo số liệu",
        "the folder of report collect: its chart is shown on the page of reports",
    ),
    "shell": ("bash, zsh hoặc fish", "bash, zsh or fish"),
}

NO_COMMAND: Text = ("không có lệnh “{name}”", "there is no command {name!r}")
SEE_ALL_HELP: Text = ("Xem: dxassets --help", "See: dxassets --help")
BAD_LANG: Text = ("ngôn ngữ phải là vi hoặc en", "the language must be vi or en")
NOT_UNDERSTOOD: Text = ("không hiểu: {}", "not understood: {}")
DID_YOU_MEAN: Text = ("Có phải là: {name}?", "Did you mean: {name}?")
TWO_CAMPAIGNS: Text = (
    "“{name}” khác với chiến dịch ở đầu lệnh; chỉ nêu một chiến dịch",
    "{name!r} is another than the campaign that the command begins with; give one of them",
)
STREAM_FOR_FOLDER: Text = (
    "cần một thư mục, không dùng được đầu vào hay đầu ra chuẩn (-); thư mục có tên như vậy viết là ./-",
    "needs a folder, no standard input or output (-); write ./- for a folder of that name",
)
CAMPAIGN_BY_OPTION: Text = ("Chiến dịch nêu bằng --campaign.", "The campaign is given by --campaign.")
SEE_HELP: Text = ("Xem: dxassets {command} --help", "See: dxassets {command} --help")
DASHED: Text = (
    "Tên bắt đầu bằng dấu gạch phải viết là ./{name}.",
    "Write ./{name} for a name that begins with a dash.",
)
STOPPED: Text = (
    "Đã dừng theo yêu cầu. Những tệp đã xong được giữ lại; chạy lại đúng lệnh này để làm tiếp.",
    "Stopped as you asked. What is finished stays; run the same command again to go on.",
)
