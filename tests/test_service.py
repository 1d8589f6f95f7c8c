def test_alive_and_ready(client):
    assert client.get("/healthz").json == {"status": "ok"}
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json["schema"]


def test_documents_itself(client):
    document = client.get("/api/openapi.json").json
    assert document["openapi"] == "3.1.0"
    assert "/healthz" in document["paths"]
    assert b"swagger-ui-bundle.js" in client.get("/api/docs").data
    assert client.get("/api/docs/swagger-ui-bundle.js").status_code == 200
    assert client.get("/api/docs/other.js").status_code == 404
