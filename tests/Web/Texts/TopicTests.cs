using Recruitment.Platform;
using Recruitment.Web.Pages.Workers;

namespace Recruitment.Web.Tests.Texts;

public sealed class TopicTests
{
    [Fact]
    public void A_worker_can_complain_about_everything_that_services_know() => Assert.Equal(Topics.All.Order(), FormModel.TopicCodes.Order());

    [Fact]
    public void A_brand_can_look_at_everything_that_services_know() => Assert.Equal(Topics.All.Order(), Pages.Brands.IndexModel.Topics.Select(t => t.Code).Order());
}
