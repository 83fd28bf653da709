# ruff: noqa: E501, ISC004  (a document is a line)
"""The linter's corpus: documents of every kind and scope, each with the rules that it breaks, or none.

`lawful` ones break nothing; each of `faulty` has its faults planted. What they should be told stands beside them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.nd30_papers import Paper, looking

LONG = (
    "Thực hiện Kế hoạch số 531/KH-UBND ngày 19 tháng 9 năm 2022 của Ủy ban nhân dân tỉnh Đắk Nông về các hoạt động "
    "hưởng ứng Ngày Chuyển đổi số quốc gia năm 2022 trên địa bàn tỉnh, Sở Nội vụ đề nghị các cơ quan, đơn vị:"
)
MORE = (
    "Đề nghị các cơ quan, đơn vị, địa phương quan tâm chỉ đạo, triển khai thực hiện đầy đủ các nội dung nêu trên; "
    "trong quá trình thực hiện có khó khăn, vướng mắc thì phản ánh về Sở Nội vụ để tổng hợp, báo cáo cấp trên"
)
PARTS = (
    "1. Giao Văn phòng Sở chủ trì, phối hợp với các phòng chuyên môn:",
    "a) Xây dựng chương trình, tài liệu và gửi giấy mời đến đại biểu trước ngày tổ chức ít nhất ba ngày làm việc;",
    "b) Chuẩn bị địa điểm, trang thiết bị, chụp ảnh, đưa tin trên Trang thông tin điện tử của Sở Nội vụ.",
    "2. Các phòng chuyên môn, đơn vị trực thuộc cử công chức, viên chức tham dự đầy đủ, đúng thành phần.",
)
GROUNDS = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
    "Căn cứ Quyết định số 10/QĐ-UBND ngày 05 tháng 01 năm 2021 của Ủy ban nhân dân tỉnh quy định chức năng, nhiệm vụ, "
    "quyền hạn và cơ cấu tổ chức của Sở Nội vụ tỉnh Đắk Nông;",
    "Theo đề nghị của Chánh Văn phòng Sở.",
)
ARTICLES = (
    "Điều 1. Khen thưởng 12 tập thể, 20 cá nhân có thành tích xuất sắc trong phong trào thi đua năm 2022.",
    "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.",
    "Điều 3. Chánh Văn phòng Sở, Trưởng các phòng và các tập thể, cá nhân có tên tại Điều 1 chịu trách nhiệm thi hành "
    "Quyết định này./.",
)
LETTER = Paper(
    subject="chuẩn bị Hội nghị cải cách hành chính",
    greeting=("Các Sở, ban, ngành tỉnh", "Ủy ban nhân dân các huyện, thành phố"),
    text=(LONG, *PARTS, f"{MORE}./."),
    recipients=("- Như trên;", "- Ban Giám đốc Sở;", "- Lưu: VT, TCCC."),
)
DECISION = Paper(
    kind="QUYẾT ĐỊNH",
    number="Số: 15/QĐ-SNV",
    subject="Về việc khen thưởng phong trào thi đua năm 2022",
    who="GIÁM ĐỐC SỞ NỘI VỤ",
    grounds=GROUNDS,
    operative="QUYẾT ĐỊNH:",
    text=ARTICLES,
    recipients=("- Như Điều 3;", "- Ban Giám đốc Sở;", "- Lưu: VT, TCCC."),
)


def kind(name: str, letters: str, subject: str, **said: object) -> Paper:
    """A document that names its kind."""
    base = replace(
        LETTER,
        kind=name,
        number=f"Số: 25/{letters}-SNV",
        subject=subject,
        greeting=(),
        recipients=("- Các phòng, đơn vị;", "- Ban Giám đốc Sở;", "- Lưu: VT, VP."),
    )
    return replace(base, **said)


PROPOSAL = kind("TỜ TRÌNH", "TTr", "Về việc ban hành Quy chế phối hợp", greeting=("Ủy ban nhân dân tỉnh Đắk Nông",),
                recipients=("- Như trên;", "- Ban Giám đốc Sở;", "- Lưu: VT, TCCC."))  # fmt: skip
REPORT = kind("BÁO CÁO", "BC", "Kết quả cải cách hành chính năm 2022")
PLAN = kind("KẾ HOẠCH", "KH", "Tổ chức Hội nghị cải cách hành chính năm 2022")
NOTICE = kind("THÔNG BÁO", "TB", "Về việc nghỉ lễ Quốc khánh năm 2022")
DIRECTIVE = kind("CHỈ THỊ", "CT", "Về tăng cường kỷ luật, kỷ cương hành chính")
GUIDANCE = kind("HƯỚNG DẪN", "HD", "Về việc quản lý văn bản điện tử")
INVITATION = kind("GIẤY MỜI", "GM", "Dự Hội nghị cải cách hành chính năm 2022", text=(
    "Sở Nội vụ trân trọng kính mời: Đại diện lãnh đạo các Sở, ban, ngành và Ủy ban nhân dân các huyện, thành phố.",
    "Tới dự Hội nghị cải cách hành chính năm 2022.",
    "Chủ trì: Đồng chí Giám đốc Sở Nội vụ.",
    "Thời gian: 08 giờ 00, ngày 15 tháng 9 năm 2022.",
    "Địa điểm: Hội trường Sở Nội vụ, đường 23 tháng 3, thành phố Gia Nghĩa./.",
), recipients=("- Như trên;", "- Lưu: VT, VP."))  # fmt: skip
INTRODUCTION = kind("GIẤY GIỚI THIỆU", "GGT", "", text=(
    "Sở Nội vụ trân trọng giới thiệu:",
    "Ông (bà): Trần Văn B, Phó Trưởng phòng Tổ chức, Sở Nội vụ tỉnh Đắk Nông.",
    "Được cử đến: Ủy ban nhân dân huyện Cư Jút.",
    "Về việc: Liên hệ công tác kiểm tra cải cách hành chính.",
    "Đề nghị Quý cơ quan tạo điều kiện để ông (bà) có tên ở trên hoàn thành nhiệm vụ.",
    "Giấy này có giá trị đến hết ngày 30 tháng 9 năm 2022./.",
), recipients=("- Như trên;", "- Lưu: VT."))  # fmt: skip
TELEGRAM = kind("CÔNG ĐIỆN", "CĐ", "Về việc ứng phó mưa lớn", text=(
    "Giám đốc Sở Nội vụ điện:", "- Trưởng các phòng chuyên môn;", "- Thủ trưởng các đơn vị trực thuộc.", LONG, f"{MORE}./."))  # fmt: skip
MINUTES = kind("BIÊN BẢN", "BB", "Họp rà soát thủ tục hành chính", date="", text=(
    "Thời gian bắt đầu: 08 giờ 00, ngày 05 tháng 9 năm 2022.", "Địa điểm: Phòng họp số 1, Sở Nội vụ.", LONG, *PARTS,
    "Cuộc họp kết thúc vào 11 giờ 00, ngày 05 tháng 9 năm 2022./."), authority=("CHỦ TỌA",),
    recipients=("- Các thành viên dự họp;", "- Lưu: VT, Hồ sơ."))  # fmt: skip
RESOLUTION = Paper(
    kind="NGHỊ QUYẾT", parent="", body="HỘI ĐỒNG NHÂN DÂN XÃ NAM DONG", number="Số: 08/NQ-HĐND", date="Nam Dong, ngày 15 tháng 7 năm 2022",
    subject="Về việc thông qua kế hoạch phát triển kinh tế - xã hội", who="HỘI ĐỒNG NHÂN DÂN XÃ NAM DONG",
    grounds=(GROUNDS[0], "Căn cứ Nghị quyết số 12/NQ-HĐND ngày 10 tháng 12 năm 2021 của Hội đồng nhân dân xã Nam Dong.",),
    operative="QUYẾT NGHỊ:", text=ARTICLES, authority=("CHỦ TỊCH",), recipients=("- Như Điều 3;", "- Lưu: VT, VP."),
)  # fmt: skip
RULES_TEXT = (
    "Chương I",
    "Điều 1. Quy chế này quy định nguyên tắc, chế độ trách nhiệm, lề lối làm việc và quan hệ công tác của Sở Nội vụ.",
    "Điều 2. Quy chế này áp dụng đối với công chức, viên chức và người lao động thuộc Sở Nội vụ tỉnh Đắk Nông./.",
)
CHARTER = Paper(
    kind="QUY CHẾ", number="", date="", subject="Làm việc của Sở Nội vụ tỉnh Đắk Nông",
    text=("(Kèm theo Quyết định số 15/QĐ-SNV ngày 05 tháng 9 năm 2022 của Giám đốc Sở Nội vụ)", *RULES_TEXT[1:]),
    authority=(), recipients=(),
)  # fmt: skip
ISSUED = ("QUY CHẾ", "Làm việc của Sở Nội vụ tỉnh Đắk Nông",
          "(Ban hành kèm theo Quyết định số 15/QĐ-SNV ngày 05 tháng 9 năm 2022 của Giám đốc Sở Nội vụ)", *RULES_TEXT[1:])  # fmt: skip
ANNEX = ("Phụ lục", "BIỂU TỔNG HỢP SỐ LIỆU", "(Kèm theo Công văn số 519/SNV-TCCC ngày 05 tháng 9 năm 2022 của Sở Nội vụ)",
         "Số liệu tổng hợp theo bảng dưới đây, gửi về Sở Nội vụ trước ngày 15 tháng 10 năm 2022 để tổng hợp, báo cáo.")  # fmt: skip
WITH_ANNEX = replace(LETTER, text=(LONG, *PARTS, f"{MORE} (theo Phụ lục gửi kèm)./."), annex=ANNEX)
PARTY = Paper(
    parent="ĐẢNG BỘ SỞ NỘI VỤ", body="CHI BỘ VĂN PHÒNG", nation="ĐẢNG CỘNG SẢN VIỆT NAM", motto="", number="Số 12-BB/CB",
    date="Đắk Nông, ngày 05 tháng 9 năm 2022", kind="BIÊN BẢN", subject="sinh hoạt chi bộ thường kỳ tháng 9 năm 2022",
    text=(LONG, *PARTS), authority=("T/M CHI BỘ", "BÍ THƯ"), recipients=("- Đảng ủy (để b/c),", "- Lưu chi bộ."),
)  # fmt: skip
PARTY_GUIDANCE = replace(PARTY, parent="TỈNH ỦY ĐẮK NÔNG", body="VĂN PHÒNG", number="Số 36-HD/VPTU", kind="HƯỚNG DẪN",
                         subject="thể thức và kỹ thuật trình bày văn bản của Đảng")  # fmt: skip
DECREE = replace(DECISION, kind="NGHỊ ĐỊNH", parent="", body="CHÍNH PHỦ", number="Số: 30/2020/NĐ-CP", subject="Về công tác văn thư",
                 date="Hà Nội, ngày 05 tháng 3 năm 2020", who="", operative="", authority=("TM. CHÍNH PHỦ", "THỦ TƯỚNG"), recipients=("- Ban Bí thư;", "- Lưu: VT, KSTT (2b)."))  # fmt: skip
BY_LAW = replace(DECISION, number="Số: 12/2022/QĐ-UBND", parent="", body="ỦY BAN NHÂN DÂN TỈNH ĐẮK NÔNG", subject="Ban hành Quy định quản lý cây xanh",
                 who="ỦY BAN NHÂN DÂN TỈNH ĐẮK NÔNG", authority=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"))  # fmt: skip
SLIP = Paper(
    kind="PHIẾU ĐỀ NGHỊ SỬA CHỮA", nation="", motto="", number="", date="", parent="", body="SỞ NỘI VỤ",
    text=("Họ và tên người đề nghị: Nguyễn Văn A", "Phòng: Tổ chức", "Nội dung đề nghị: Thay mực máy in"),
    authority=("NGƯỜI ĐỀ NGHỊ",), recipients=(),
)  # fmt: skip
CONTRACT = Paper(
    kind="HỢP ĐỒNG", parent="", body="SỞ NỘI VỤ", number="Số: 05/2022/HĐ-SNV", date="", subject="Bảo trì hệ thống máy tính",
    text=("Căn cứ Bộ luật Dân sự ngày 24 tháng 11 năm 2015;", "BÊN A: SỞ NỘI VỤ TỈNH ĐẮK NÔNG", "BÊN B: CÔNG TY TNHH A", LONG),
    authority=("ĐẠI DIỆN BÊN A",), recipients=(),
)  # fmt: skip
REQUEST = Paper(
    kind="ĐƠN XIN NGHỈ PHÉP", number="", date="", parent="", body="", greeting=("Giám đốc Sở Nội vụ",),
    text=("Tôi tên là: Nguyễn Văn A", "Nay tôi làm đơn này xin được nghỉ phép từ ngày 05 tháng 9 năm 2022."), authority=("NGƯỜI LÀM ĐƠN",), recipients=(),
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A document of the corpus: what it is, its scope, and the rules that it breaks."""

    id: str
    paper: Paper
    scope: str = "administrative"
    breaks: frozenset[str] = frozenset()

    def breaks_as(self, name: str) -> frozenset[str]:
        """What it breaks as a file of that name: here no program has Arial, so a PDF shows another face."""
        return self.breaks - {"P3"} if name.endswith(".pdf") else self.breaks


def lawful(id_: str, paper: Paper, scope: str = "administrative") -> Case:
    return Case(id_, paper, scope)


def faulty(id_: str, rules: str, paper: Paper, scope: str = "administrative") -> Case:
    return Case(id_, paper, scope, frozenset(rules.split()))


LAWFUL = [
    lawful("cong-van", LETTER),
    lawful("cong-van-mot-noi", replace(LETTER, greeting=("Ủy ban nhân dân tỉnh Đắk Nông",))),
    lawful("cong-van-ngan-khong-so-trang", looking(replace(LETTER, text=(f"{MORE}./.",)), page="none")),
    lawful("cong-van-tab", looking(replace(LETTER, kind="THÔNG BÁO", number="Số: 09/TB-SNV", subject="Về việc nghỉ lễ", greeting=(), recipients=("- Các phòng;", "- Lưu: VT, VP.")), head="tabs")),
    lawful("cong-van-phu-luc", WITH_ANNEX),
    lawful("cong-van-phu-luc-khong-ten", replace(WITH_ANNEX, annex=(ANNEX[0], "", *ANNEX[2:]))),
    lawful("cong-van-phu-luc-ngang", looking(WITH_ANNEX, landscape=True)),
    lawful("cong-van-ky-thay", replace(LETTER, authority=("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"))),
    lawful("cong-van-da-ky", looking(LETTER, done="(Đã ký)")),
    lawful("cong-van-gan-den", looking(LETTER, text_color="0D0D0D")),
    lawful("cong-van-tp-ho-chi-minh", replace(LETTER, parent="UBND THÀNH PHỐ HỒ CHÍ MINH", date="Thành phố Hồ Chí Minh, ngày 05 tháng 9 năm 2022")),
    lawful("cong-van-trong-ngay", replace(LETTER, number="Số:        /SNV-TCCC", date="Đắk Nông, ngày     tháng     năm 2022")),
    lawful("cong-van-truong", replace(LETTER, body="TRƯỜNG ĐẠI HỌC TÂY NGUYÊN", parent="BỘ GIÁO DỤC VÀ ĐÀO TẠO", number="Số: 77/ĐHTN-TCCB",
                                     authority=("HIỆU TRƯỞNG",), name="PGS.TS. Nguyễn Văn A")),
    lawful("quyet-dinh", DECISION),
    lawful("quyet-dinh-ngan", replace(DECISION, grounds=(GROUNDS[0][:-1] + ".",), text=(ARTICLES[0], "Điều 2. Chánh Văn phòng Sở chịu trách nhiệm thi hành Quyết định này./."))),
    lawful("quyet-dinh-kem-quy-che", replace(DECISION, subject="Ban hành Quy chế làm việc của Sở Nội vụ", attached=ISSUED)),
    lawful("quyet-dinh-ubnd", replace(DECISION, parent="", body="ỦY BAN NHÂN DÂN TỈNH ĐẮK NÔNG", number="Số: 749/QĐ-UBND", who="CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH ĐẮK NÔNG",
                                     authority=("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"))),
    lawful("nghi-quyet", RESOLUTION),
    lawful("to-trinh", PROPOSAL),
    lawful("bao-cao", REPORT),
    lawful("ke-hoach", PLAN),
    lawful("thong-bao", NOTICE),
    lawful("chi-thi", DIRECTIVE),
    lawful("huong-dan", GUIDANCE),
    lawful("giay-moi", INVITATION),
    lawful("giay-gioi-thieu", INTRODUCTION),
    lawful("cong-dien", TELEGRAM),
    lawful("bien-ban", MINUTES),
    lawful("quy-che-kem-theo", CHARTER, "attached"),
    lawful("bien-ban-chi-bo", PARTY, "party"),
    lawful("huong-dan-dang", PARTY_GUIDANCE, "party"),
    lawful("nghi-dinh", DECREE, "legal"),
    lawful("quyet-dinh-quy-pham", BY_LAW, "legal"),
    lawful("phieu-noi-bo", SLIP, "internal"),
    lawful("don-xin", REQUEST, "internal"),
    lawful("hop-dong", CONTRACT, "contract"),
    lawful("ban-thoa-thuan", replace(CONTRACT, kind="BẢN THỎA THUẬN", number="Số: 06/BTT-SNV"), "contract"),
    lawful("cong-van-chan-trang", looking(LETTER, note="Theo số liệu của Cục Thống kê tỉnh Đắk Nông năm 2022.")),
    lawful("cong-van-dau-ky-so", looking(LETTER, stamp=("Người ký: Sở Nội vụ", "Email: snv@daknong.gov.vn", "Cơ quan: Tỉnh Đắk Nông", "Ngày ký: 05-09-2022 10:15:30 +07:00"))),
    lawful("cong-van-ke-go", looking(LETTER, typed_rules=True)),
    lawful("cong-van-kinh-gui-bang", looking(LETTER, greeting_table=True)),
    lawful("bien-ban-hai-nguoi-ky", looking(MINUTES, end="minutes")),
    lawful("bao-cao-kinh-gui", replace(REPORT, greeting=("Ủy ban nhân dân tỉnh Đắk Nông",), recipients=PROPOSAL.recipients)),
    lawful("giay-moi-kinh-gui", replace(INVITATION, greeting=("Các phòng chuyên môn", "Các đơn vị trực thuộc"))),
    lawful("ke-hoach-dai", replace(PLAN, text=PLAN.text[:-1] * 5 + PLAN.text[-1:])),
    lawful("cong-van-bo", replace(LETTER, parent="", body="BỘ NỘI VỤ", number="Số: 05/BNV-VP", date="Hà Nội, ngày 05 tháng 01 năm 2020", authority=("TL. BỘ TRƯỞNG", "CHÁNH VĂN PHÒNG"))),
    lawful("phu-luc-rieng", Paper(nation="", motto="", body="", parent="", number="", date="", authority=(), annex=("Phụ lục II", *ANNEX[1:])), "annex"),
]  # fmt: skip
FAULTY = [
    faulty("le-trai-hep", "P2", looking(LETTER, left=20)),
    faulty("phong-arial", "P3", looking(LETTER, family="Arial")),
    faulty("mau-xanh", "P5", looking(LETTER, text_color="0563C1")),
    faulty("so-trang-duoi", "P6", looking(replace(LETTER, text=LETTER.text[:-1] * 3 + LETTER.text[-1:]), page="footer")),
    faulty("so-trang-11", "P6", looking(replace(LETTER, text=LETTER.text[:-1] * 3 + LETTER.text[-1:]), page_pt=11)),
    faulty("so-trang-dau", "P7", looking(PLAN, first_differs=False)),
    faulty("khong-so-trang-dai", "P6", looking(replace(PLAN, text=PLAN.text[:-1] * 4 + PLAN.text[-1:]), page="none")),
    faulty("phu-luc-khong-danh-so-lai", "P8", looking(replace(WITH_ANNEX, text=WITH_ANNEX.text), annex_restarts=False, first_differs=True, annex_rows=60)),
    faulty("quoc-hieu-11", "H1 H7", looking(LETTER, nation_pt=11)),
    faulty("tieu-ngu-nghieng", "H2", looking(PLAN, motto_italic=True)),
    faulty("thieu-ke-tieu-ngu", "H3", looking(DECISION, motto_rule=0)),
    faulty("ke-tieu-ngu-ngan", "H3", looking(LETTER, motto_rule=0.5)),
    faulty("chu-quan-dam", "H4", looking(LETTER, parent_bold=True)),
    faulty("ban-hanh-khong-dam", "H5", looking(LETTER, parent="", body_bold=False)),
    faulty("thieu-ke-co-quan", "H6", looking(REPORT, body_rule=0)),
    faulty("ke-co-quan-dai", "H6", looking(LETTER, body_rule=1.0)),
    faulty("so-hieu-cv", "N1", replace(LETTER, number="Số: 519/CV-SNV")),
    faulty("so-co-mot-chu-so", "N2", replace(PLAN, number="Số: 5/KH-SNV")),
    faulty("thieu-don-vi", "N3", replace(LETTER, number="Số: 519/SNV")),
    faulty("giay-moi-snv-vp", "N4", replace(INVITATION, number="Số: 519/SNV-VP")),
    faulty("to-trinh-snv-tccc", "N4", replace(PROPOSAL, number="Số: 519/SNV-TCCC")),
    faulty("cong-van-qd", "N4", replace(LETTER, number="Số: 519/QĐ-SNV")),
    faulty("ngay-mot-chu-so", "D1", replace(LETTER, date="Đắk Nông, ngày 5 tháng 9 năm 2022")),
    faulty("thang-09", "D1", replace(PLAN, date="Đắk Nông, ngày 05 tháng 09 năm 2022")),
    faulty("tp-ho-chi-minh", "D1", replace(LETTER, date="TP. Hồ Chí Minh, ngày 05 tháng 9 năm 2022")),
    faulty("ngay-khong-co-that", "D2", replace(NOTICE, date="Đắk Nông, ngày 31 tháng 9 năm 2022")),
    faulty("trich-yeu-dam", "V1", looking(LETTER, about_bold=True)),
    faulty("trich-yeu-sat-so", "V2", looking(LETTER, about_before=0)),
    faulty("ten-loai-11", "V3", looking(PLAN, kind_pt=11)),
    faulty("ten-loai-khong-dam", "V3", looking(REPORT, kind_bold=False)),
    faulty("trich-yeu-khong-dam", "V4", looking(DECISION, subject_bold=False)),
    faulty("trich-yeu-nghieng", "V4", looking(PROPOSAL, subject_italic=True)),
    faulty("thieu-ke-trich-yeu", "V5", looking(PLAN, subject_rule=0)),
    faulty("ke-trich-yeu-dai", "V5", looking(NOTICE, subject_rule=0.9)),
    faulty("kinh-gui-dam", "K1", looking(LETTER, greeting_bold=True)),
    faulty("noi-gui-thieu-cham-phay", "K2", looking(LETTER, greeting_end=",")),
    faulty("gach-khong-thang", "K3", looking(LETTER, dash_mm=20)),
    faulty("co-chu-12", "B1", looking(LETTER, text_pt=12)),
    faulty("canh-trai", "B2", looking(PLAN, text_align="left")),
    faulty("lui-5mm", "B3", looking(REPORT, indent_mm=5)),
    faulty("cach-doan-0", "B4", looking(LETTER, text_after=0)),
    faulty("gian-dong-2", "B5", looking(LETTER, spacing=2.0)),
    faulty("can-cu-dung", "B6", looking(DECISION, grounds_italic=False)),
    faulty("can-cu-cham-phay", "B6", replace(DECISION, grounds=(*GROUNDS[:2], "Theo đề nghị của Chánh Văn phòng Sở;"))),
    faulty("khong-nhac-phu-luc", "B9", replace(WITH_ANNEX, text=LETTER.text)),
    faulty("chuc-vu-khong-dam", "S1", looking(LETTER, authority_bold=False)),
    faulty("ten-in-hoa", "S2", replace(DECISION, name="NGUYỄN VĂN A")),
    faulty("ten-hoc-vi", "S2", replace(LETTER, name="ThS. Nguyễn Văn A")),
    faulty("kt-thieu-cham", "S3", replace(PLAN, authority=("KT GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"))),
    faulty("noi-nhan-14", "R1", looking(LETTER, to_pt=14)),
    faulty("noi-nhan-thieu-gach", "R2", replace(PLAN, recipients=("- Các phòng, đơn vị;", "Ban Giám đốc Sở;", "- Lưu: VT, VP."))),
    faulty("noi-nhan-13", "R2", looking(DECISION, recipients_pt=13)),
    faulty("luu-sai", "R3", replace(LETTER, recipients=("- Như trên;", "- Lưu VT."))),
    faulty("thieu-nhu-tren", "R4", replace(PROPOSAL, recipients=("- Ủy ban nhân dân tỉnh;", "- Lưu: VT, TCCC."))),
    faulty("luu-vt", "R5", replace(LETTER, recipients=("- Như trên;", "- Lưu: VT."))),
    faulty("phu-luc-hoa", "A1", replace(WITH_ANNEX, annex=("PHỤ LỤC", *ANNEX[1:]))),
    faulty("ten-phu-luc-thuong", "A2", replace(WITH_ANNEX, annex=(ANNEX[0], "Biểu tổng hợp số liệu", *ANNEX[2:]))),
    faulty("thieu-kem-theo", "A3", replace(WITH_ANNEX, annex=(*ANNEX[:2], "", *ANNEX[3:]))),
    faulty("bang-lan-le", "T2", looking(WITH_ANNEX, grid_indent=-600)),
    faulty("quyet-dinh-ngan-nhieu-loi", "S2 V3 R2", looking(replace(DECISION, grounds=(GROUNDS[0][:-1] + ".",), text=ARTICLES[:1], name="TS. Nguyễn Văn A"), kind_pt=12, recipients_pt=12)),
]  # fmt: skip
CORPUS = [*LAWFUL, *FAULTY]
