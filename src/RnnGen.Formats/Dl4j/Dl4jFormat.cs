using System.Text.Json;

namespace RnnGen.Formats;

/// <summary>Deeplearning4j's models, <c>model.save(…)</c>: zip archives of <c>configuration.json</c> and <c>coefficients.bin</c>.</summary>
internal sealed class Dl4jFormat : ModelFormat
{
    private const string Configuration = "configuration.json", Coefficients = "coefficients.bin";

    public override string Name => "Deeplearning4j";

    internal override bool Recognizes(ModelFile file) => ZipContent.Has(file, Configuration, Coefficients);

    internal override ModelDescription Read(ModelFile file, ImportOptions options)
    {
        using ZipContent zip = ZipContent.Open(file) ?? throw new FormatException("expected a zip archive, got a damaged one");
        using JsonDocument configuration = JsonText.Parse(zip.Read(Configuration), Configuration);
        var parameters = new Dl4jParameters(Nd4jArray.ReadVector(zip.Read(Coefficients)));
        Dl4jGraph graph = Dl4jGraph.Of(configuration.RootElement);
        var network = new Dl4jNetwork(graph, parameters, options);
        if (zip.Names.Any(name => name is "normalizer.bin" or "preprocessor.bin"))
            network.Warn("The file holds a normalizer, which is no part of the network: its inputs are to be normalised as they were in training.");
        return network.Build();
    }
}
