using Recruitment.Suppliers.Practice;

namespace Recruitment.Suppliers.Tests.Practice;

public sealed class QuestionTests
{
    [Fact]
    public void A_question_about_a_topic_that_nobody_scores_stops_the_start()
    {
        var odd = Questions.Current with { Questions = [.. Questions.Current.Questions, new Question("rain.often", "weather", "How often does it rain?", [new Option("daily", "Daily")])] };

        var refused = Assert.Throws<InvalidOperationException>(() => Questions.Check(odd));

        Assert.Contains("rain.often", refused.Message, StringComparison.Ordinal);
    }
}
