using System.Text.Json;

namespace RnnGen.Formats.Dl4j;

/// <summary>Deeplearning4j's models, <c>model.save(…)</c>: zip archives of <c>configuration.json</c> and <c>coefficients.bin</c>.</summary>
internal sealed class Dl4jFormat : ModelFormat
{
    private const string Configuration = "configuration.json", Coefficients = "coefficients.bin";

    public override string Name => "Deeplearning4j";

    internal override bool Recognizes(ModelFile file) => ZipContent.Has(file, Configuration, Coefficients);

    internal override ModelDescription Read(ModelFile file, ImportOptions options)
    {
        using ZipContent zip = ZipContent.Open(file) ?? throw new FormatException("expected a zip archive, got a damaged one");
        JsonElement configuration = Parse(zip.Read(Configuration));
        var parameters = new Dl4jParameters(Nd4jArray.ReadVector(zip.Read(Coefficients)));
        Dl4jGraph graph = Dl4jGraph.Of(configuration);
        var network = new Dl4jNetwork(graph, parameters, options);
        if (zip.Names.Any(name => name is "normalizer.bin" or "preprocessor.bin"))
            network.Warn("The file holds a normalizer, which is not part of the network: normalise the inputs as in training.");
        return network.Build();
    }

    private static JsonElement Parse(byte[] text)
    {
        try
        {
            JsonElement configuration = JsonFile.Parse(text);
            CheckTexts(configuration);
            return configuration;
        }
        catch (Exception damage) when (damage is FormatException or InvalidOperationException)
        {
            throw new FormatException($"{Configuration}: {damage.Message}", damage);
        }
    }

    /// <summary>Asks for every text: one with half of a character is found only then.</summary>
    /// <remarks>The parser lets objects be 64 deep in each other, so that this ends.</remarks>
    private static void CheckTexts(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
            element.GetString();
        else if (element.ValueKind == JsonValueKind.Array)
            foreach (JsonElement item in element.EnumerateArray())
                CheckTexts(item);
        else if (element.ValueKind == JsonValueKind.Object)
            foreach (JsonProperty property in element.EnumerateObject())
                CheckTexts(property.Value);
    }
}
