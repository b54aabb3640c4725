"""A whole payment as it went over the wire, with the signatures of a fake bank of long ago.

Its private key is gone: nothing here can be made again, only read. All ids are invented.
"""

from lkcap.config import Gpb

REGISTER_URL = "https://localhost:8443/pay/gpb/register"
TERMS = Gpb(
    start_url="https://test.pps.gazprombank.ru:443/payment/start.wsm",
    merch_id="FA4E0000000000000000000000000001",
    account_id="FA4E0000000000000000000000000002",
    register_url=REGISTER_URL,
)
ORDER = "KR-2026-000123"
BACK = (
    "https://localhost:8443/pay/done?a=KR-2026-000123",
    "https://localhost:8443/pay/fail?a=KR-2026-000123",
)

KEY = b"""-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAvaDIAUSHdlapmb62wJWI
6Tbk4dbEfhW5ZQrvthzNBXpWiHWkNs/rD2LefRvQjwgA5FSYhJiCQqfVHt2FQxvk
JMfs5bDhxzumQugBRZCIqCCZ26e9U8OeOIHtEEnR19DdNGj8e/Pc2k7JnPhjy+lW
zmm5ZvqQh55xuIkjwpwWhNvXLeTV8OBvR8EyD6F839PrMtTDfkfMGAsG5n15EyTM
PXa84UGgmwCZqEJyfMeSGfvGu+Joe3O7a0dACEkcPqFM+x92pUA70AIeUewCMtWo
rQELqj8UxlxSHUON+lAFJBC9k8tWj10JCOM/1mfmjTbKEaBNy4+3cyneifO0C1cU
RQIDAQAB
-----END PUBLIC KEY-----"""

START = (
    "https://test.pps.gazprombank.ru:443/payment/start.wsm?lang=RU"
    "&merch_id=FA4E0000000000000000000000000001"
    "&back_url_s=https%3A%2F%2Flocalhost%3A8443%2Fpay%2Fdone%3Fa%3DKR-2026-000123"
    "&back_url_f=https%3A%2F%2Flocalhost%3A8443%2Fpay%2Ffail%3Fa%3DKR-2026-000123"
    "&o.order_id=KR-2026-000123"
)

CHECK = (
    "merch_id=FA4E0000000000000000000000000001&trx_id=FA4E000000000000000000000000A001"
    "&lang_code=RU&o.order_id=KR-2026-000123&ts=20260130+14%3A12%3A40"
)

PAYABLE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    "<payment-avail-response><result><code>1</code><desc>OK</desc></result>"
    "<merchant-trx>9f1c2d3e</merchant-trx><purchase><shortDesc>Взнос на капремонт</shortDesc>"
    "<longDesc>Взнос на капитальный ремонт, начисление KR-2026-000123</longDesc>"
    "<account-amount><id>FA4E0000000000000000000000000002</id><amount>1234556</amount>"
    "<currency>643</currency><exponent>2</exponent></account-amount></purchase>"
    "</payment-avail-response>"
)

REFUSED = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    "<payment-avail-response><result><code>2</code><desc>Unable to accept this payment</desc>"
    "</result></payment-avail-response>"
)

# 427 bytes are signed
SUCCESS = (
    "trx_id=FA4E000000000000000000000000A001&merch_id=FA4E0000000000000000000000000001"
    "&merchant_trx=9f1c2d3e&result_code=1&amount=1234556"
    "&account_id=FA4E0000000000000000000000000002&o.order_id=KR-2026-000123&p.rrn=603012345678"
    "&p.authcode=A1B2C3&p.srcType=CARD&p.maskedPan=220070xxxxxx0001&p.isFullyAuthenticated=Y"
    "&p.transmissionDateTime=0130141502&p.paymentSystem=MIR&ts=20260130+14%3A15%3A03"
    "&signature=OoF1B3WwRIjGgjnf6dA8IjeWHw41j4lDrwTc28mCpS8jQL6KuV8ybuGME0I5g0gmjsYx2ksH5a4n2x4Q0"
    "lZrcpoAeU1VViv%2Fz5BbJoqfdal5wFLwJw1epGl5xQvFjzH%2BrdUU9tiNlH7wJEMMm0FdcmPP6itaHq9Wb44V%2Ff2"
    "sf208ST9A1ReyBKNATeR6mv4x75CxSATS030GuLs0XyNzevpUgJEpnKWsCBB866SzM%2BhXEoM%2FuGbdsJBmMnOQg0%"
    "2FP7aJGFutHseDRdySm1VwHFmTrFQ69FFf0%2F8LUCSkYkNq85FGh56ZFiFmqQp6DeyQaTsDl9epKbviGeYt6YvlgCQ%"
    "3D%3D"
)

# the payer has given up; 295 bytes are signed
FAILURE = (
    "trx_id=FA4E000000000000000000000000A002&merch_id=FA4E0000000000000000000000000001"
    "&merchant_trx=7a7b7c7d&result_code=2&ext_result_code=USER_CANCEL&amount=1234556"
    "&account_id=FA4E0000000000000000000000000002&o.order_id=KR-2026-000123"
    "&ts=20260130+14%3A20%3A41"
    "&signature=Vi%2FOqKhS6zrxOzh4FCM6HH19edkK%2BVXYaASlxjz75xtKG0TStMFcS50y0X9A4MddRC82oGbnH0RcS"
    "vZELkfUA1MviGV9KKQWXXCfD202z3bUR%2BJDbxYRO1ZYRJVgKvvEEBBl4lMpgXjYx2AlpO5FVVBJR7KapIpRILSfgWS"
    "%2BlFYtH6yX0IS9w36p5wXeqlCUEqD4GUkjxUUwxUauyz5IEyo73FsGZcXWNrhS3Z2Gui0HwYLdCymoPL1ZwMkZao87I"
    "mAdHpHVfiKS5I%2FxZnqLU3%2Fl6%2BCzpFzS3x%2Fbye2AARHQp9tEjQdHUXUp9DanhqKiDj8eDJV8SfEjgYIEnk%2B"
    "0cg%3D%3D"
)

REGISTERED = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    "<register-payment-response><result><code>1</code><desc>OK</desc></result>"
    "</register-payment-response>"
)
