namespace Recruitment.Platform.Tests.Hosting;

public sealed class BrokerAddressTests
{
    [Theory]
    [InlineData("amqp://suppliers:secret@rabbitmq:5672/", "amqp://suppliers:secret@rabbitmq:5672/")]
    [InlineData("rabbitmq://suppliers:rabbitmq@rabbitmq.inside:5672/rabbitmq", "amqp://suppliers:rabbitmq@rabbitmq.inside:5672/rabbitmq")]
    [InlineData("rabbitmqs://suppliers:secret@broker/", "amqps://suppliers:secret@broker/")]
    public void Only_the_scheme_of_an_address_is_changed(string given, string asked) => Assert.Equal(new Uri(asked), BrokerLetsUsIn.Address(given));
}
