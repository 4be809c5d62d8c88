using Microsoft.OpenApi;

namespace Recruitment.Contracts.Tests;

/// <summary>One way to repeat, to collide and to page, in every service; whatever does it another way is written down with its reason.</summary>
public sealed class ApiConventionTests
{
    [Fact]
    public void Every_operation_repeats_pages_and_collides_as_all_do_unless_written_down()
    {
        var documents = Directory.EnumerateFiles(Path.Combine(Snapshot.Root, "docs", "openapi"), "*.json").ToList();

        Assert.NotEmpty(documents);
        Assert.Empty(ApiConventions.NotAsWrittenDown([.. documents.SelectMany(d => Breaches(File.ReadAllText(d)))], Snapshot.Lines("docs/api-exceptions.txt")));
    }

    [Fact]
    public void What_makes_something_without_a_key_lists_without_a_cursor_or_changes_without_a_version_is_found() => Assert.Equal(
        [
            "POST /api/v1/a/made key", "GET /api/v1/a/bare pages", "GET /api/v1/a/without-next pages", "GET /api/v1/a/without-cursor pages", "GET /api/v1/a/ids pages", "GET /api/v1/a/{id} pages",
            "PUT /api/v1/a/{id} version", "DELETE /api/v1/a/{id} version", "POST /api/v1/a/{id}/end version",
        ],
        Breaches("""
            {"openapi":"3.1.1","info":{"title":"x","version":"1"},"paths":{
             "/api/v1/a/made":{"post":{"responses":{"201":{"description":""}}}},
             "/api/v1/a/made-once":{"post":{"parameters":[{"name":"Idempotency-Key","in":"header"}],"responses":{"201":{"description":""}}}},
             "/api/v1/a/asked":{"post":{"responses":{"200":{"description":""}}}},
             "/api/v1/a/bare":{"get":{"responses":{"200":{"description":"","content":{"application/json":{"schema":{"type":"array","items":{"$ref":"#/components/schemas/Thing"}}}}}}}},
             "/api/v1/a/without-next":{"get":{"parameters":[{"name":"cursor","in":"query"}],"responses":{"200":{"description":"","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Some"}}}}}}},
             "/api/v1/a/without-cursor":{"get":{"parameters":[{"name":"after","in":"query"}],"responses":{"200":{"description":"","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Page"}}}}}}},
             "/api/v1/a/ids":{"get":{"responses":{"200":{"description":"","content":{"application/json":{"schema":{"type":"object","properties":{"ids":{"type":"array","items":{"type":"string","format":"uuid"}}}}}}}}}},
             "/api/v1/a/paged":{"get":{"parameters":[{"name":"cursor","in":"query"}],"responses":{"200":{"description":"","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Page"}}}}}}},
             "/api/v1/a/codes":{"get":{"responses":{"200":{"description":"","content":{"application/json":{"schema":{"type":"object","properties":{"corridors":{"type":["null","array"],"items":{"type":"string"}}}}}}}}}},
             "/api/v1/a/{id}":{"get":{"responses":{"200":{"description":"","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Some"}}}}}},
              "put":{"responses":{"204":{"description":""}}},"delete":{"responses":{"204":{"description":""}}}},
             "/api/v1/a/{id}/end":{"post":{"responses":{"204":{"description":""}}}},
             "/api/v1/a/{id}/pieces":{"post":{"parameters":[{"name":"Idempotency-Key","in":"header"}],"responses":{"201":{"description":""}}}},
             "/api/v1/a/{id}/name":{"put":{"parameters":[{"name":"If-Match","in":"header"}],"responses":{"204":{"description":""}}}}},
             "components":{"schemas":{"Thing":{"type":"object","properties":{"id":{"type":"string","format":"uuid"}}},
              "Some":{"type":"object","properties":{"things":{"type":"array","items":{"$ref":"#/components/schemas/Thing"}}}},
              "Page":{"type":"object","properties":{"items":{"type":"array","items":{"$ref":"#/components/schemas/Thing"}},"next":{"type":["null","string"]}}}}}}
            """));

    [Fact]
    public void A_breach_without_a_line_a_line_without_need_one_said_twice_and_one_without_a_reason_are_found()
    {
        Assert.Equal(
            [
                "PUT /api/v1/a/x version: breaks the rule and has no line", "PUT /api/v1/a/z version: has a line and no need of it", "POST /api/v1/{service}/w/{id} version: has a line and no need of it",
                "GET /api/v1/a/y pages: has several lines", "no reason: GET /api/v1/a/y pages: short",
            ],
            ApiConventions.NotAsWrittenDown(
                ["PUT /api/v1/a/x version", "GET /api/v1/a/y pages", "POST /api/v1/a/v/{id} version", "POST /api/v1/b/v/{id} version"],
                [
                    "# what this is", "GET /api/v1/a/y pages: it is one thing whole", "GET /api/v1/a/y pages: short", "PUT /api/v1/a/z version: nobody else writes it",
                    "POST /api/v1/{service}/v/{id} version: sent again it is the same", "POST /api/v1/{service}/w/{id} version: sent again it is the same",
                ]));
    }

    private static IEnumerable<string> Breaches(string document) => ApiConventions.Breaches(OpenApiDocument.Parse(document, OpenApiConstants.Json).Document!);
}
