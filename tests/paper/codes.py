"""Payment codes that tests of both writing and reading begin with."""

STANDARD = (
    'ST00012|Name=ООО «Три кита»|PersonalAcc=40702810138250123017|BankName=ОАО "БАНК"'
    "|BIC=044525225|CorrespAcc=30101810400000000225|PayeeINN=6200098765|LastName=Иванов"
    "|FirstName=Иван|MiddleName=Иванович|Purpose=Оплата членского взноса"
    "|PayerAddress=г.Рязань ул.Ленина д.10 кв.15|Sum=100000"
)
OURS = (
    "ST00012|Name=Фонд капитального ремонта (демо)|PersonalAcc=40703810600000000042"
    "|BankName=ДЕМО БАНК г. Ханты-Мансийск|BIC=049999999|CorrespAcc=30101810300000000999"
    "|Sum=88029|Purpose=Взнос на капитальный ремонт, л/с 86000000017, 10.2026"
    "|PayeeINN=8600000014|KPP=860001001|PersAcc=86000000017|PaymPeriod=102026"
    "|Category=Капремонт|AddAmount=32|TechCode=02"
)
FIELDS = {
    "Name": "Фонд",
    "PersonalAcc": "40703810600000000042",
    "BankName": "ДЕМО БАНК",
    "BIC": "049999999",
    "CorrespAcc": "30101810300000000999",
}
MANDATORY = tuple(FIELDS)
SIGNS = "|#;:^_~{}!$%&()*+,/@"


def code_of(**fields: str) -> bytes:
    """A code as a careless writer would make it: no check of anything."""
    pairs = (FIELDS | {"Sum": "1"} | fields).items()
    return ("ST00012|" + "|".join(f"{key}={value}" for key, value in pairs)).encode()


def block_of(octets: int) -> dict[str, str]:
    """Fields whose mandatory block takes so many octets in UTF-8, of letters of two octets."""
    fields = FIELDS | {"Name": "", "BankName": "Б" * 45}
    room = octets - len("|".join(f"{key}={value}" for key, value in fields.items()).encode())
    return fields | {"Name": "x" * (room % 2) + "Ж" * (room // 2)}
