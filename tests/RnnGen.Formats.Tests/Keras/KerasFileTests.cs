using RnnGen.Cli.Verification;
using RnnGen.Formats.Keras;

namespace RnnGen.Formats.Tests.Keras;

/// <summary>Files that Keras 1, 2 and 3 wrote, and what these computed of recorded inputs.</summary>
public sealed class KerasFileTests
{
    // Both round to single precision, and the outputs are sums of 50 products that together reach a magnitude of 50: half a unit of that is 2e-6, of a sum of
    // a few roundings 1e-5.
    private const double Tolerance = 1e-5;

    [SkippableTheory]
    [InlineData("simple_lstm_tf_keras_1", "lstm_input_1", "Keras 1.2.2")]
    [InlineData("simple_rnn_tf_keras_2", "simple_rnn_1_input", "Keras 2.1.3")]
    [InlineData("simple_flatten_lstm_tf_keras_2", "lstm_1_input", "Keras 2.1.3")]
    [InlineData("simple_flatten_rnn_tf_keras_2", "simple_rnn_1_input", "Keras 2.1.3")]
    public void Recorded_outputs_come_out(string name, string input, string version)
    {
        using Imported imported = Imported.Shared("models", "keras", name + "_model.h5");
        Assert.EndsWith(version, imported.Model.Source, StringComparison.Ordinal);
        ModelFile file = ModelFile.Read(RnnGen.Tests.SharedFolder.Get("models", "keras", name + "_inputs_and_outputs.h5"));
        Hdf5File recorded = Hdf5File.Open(file.Name, file.Bytes);
        NamedTensor inputs = recorded.Tensor($"/inputs/{input}"), outputs = recorded.Tensor("/predictions/dense_1"); // "outputs" are what it was to learn
        var evaluator = new ModelEvaluator(imported.Model);
        int samples = inputs.Shape[0], frame = inputs.Values.Length / samples, output = outputs.Values.Length / samples;
        for (int sample = 0; sample < samples; sample++)
        {
            float[] one = inputs.Values.Part(sample * frame, frame);
            double[] expected = Array.ConvertAll(outputs.Values.Part(sample * output, output), value => (double)value);
            ModelVerifier.Compare($"sample {sample}, evaluated", expected, Array.ConvertAll(evaluator.Run(one), value => (float)value), Tolerance);
            ModelVerifier.Compare($"sample {sample}, compiled", expected, imported.Network.Run(one), Tolerance);
        }
    }

    [SkippableTheory]
    [InlineData("bidirectional_lstm_tensorflow_1.h5", "Lstm(10, GateActivation = Activation.HardSigmoidOnnx, Direction = Direction.Bidirectional)")]
    [InlineData("bidirectional_lstm_tensorflow_2.h5", "Lstm(10, GateActivation = Activation.HardSigmoidOnnx, Direction = Direction.Bidirectional)")]
    [InlineData("bidirectional_lstm_no_return_sequences_tensorflow_2.h5", "Lstm(10, GateActivation = Activation.HardSigmoidOnnx, Direction = Direction.Bidirectional)|LastStep")]
    [InlineData("lstm_functional_tf_keras_2.h5", "Lstm(8, GateActivation = Activation.HardSigmoidOnnx)|LastStep|Dense(5, Activation.Softmax)")]
    [InlineData("simple_lstm_tf_keras_2_model.h5", "Lstm(50, GateActivation = Activation.HardSigmoidOnnx)|LastStep|Dense(1)")]
    [InlineData("masking_two_lstm.h5", "Lstm(32, GateActivation = Activation.HardSigmoidOnnx)|LastStep")]
    [InlineData("masking_zero_lstm.h5", "Lstm(32, GateActivation = Activation.HardSigmoidOnnx)|LastStep")]
    [InlineData("keras3_lstm_dropout_dense.keras", "Lstm(50)|Lstm(50)|LastStep|Dense(25)|Dense(2)")]
    public void Files_without_recordings_are_read_and_verified(string name, string layers)
    {
        using Imported imported = Imported.Shared("models", "keras", name);
        Assert.Equal(layers, string.Join("|", imported.Model.Layers.Select(layer => AttributeText.Of(layer.Attribute))));
    }

    [SkippableFact]
    public void Forward_and_backward_weights_of_two_directions_are_told_apart()
    {
        ModelFile file = ModelFile.Read(RnnGen.Tests.SharedFolder.Get("models", "keras", "bidirectional_lstm_tensorflow_1.h5"));
        Hdf5File weights = Hdf5File.Open(file.Name, file.Bytes);
        ModelLayer layer = ModelFormats.Read(file, ImportOptions.Default).Layers[0];
        foreach ((string direction, string suffix) in new[] { ("forward", ""), ("backward", "_reverse") })
        {
            // The cell's candidate is Keras's c, the third gate here and the second as Keras 1 writes them.
            float[] candidate = weights.Tensor($"/model_weights/bidirectional_1/{direction}_lstm_1_W_c:0").Values;
            Assert.Equal(candidate.Transposed(10, 10), layer.Find("weight_ih" + suffix)!.Values[200..300]);
        }
    }

    [SkippableTheory]
    [InlineData("masking_two_lstm.h5", 2)]
    [InlineData("masking_zero_lstm.h5", 0)]
    public void Masking_says_which_steps_to_leave_out(string name, int value)
    {
        ModelDescription model = ModelFormats.Read(RnnGen.Tests.SharedFolder.Get("models", "keras", name));
        Assert.Contains(model.Notes, note => note.Contains($"are all {value}: give a mask", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void Weights_alone_are_no_model()
    {
        string message = Assert.Throws<FormatException>(() => ModelFormats.Read(RnnGen.Tests.SharedFolder.Get("models", "keras", "simple_lstm_tf_keras_2_weights.h5"))).Message;
        Assert.Contains("the file holds only weights", message, StringComparison.Ordinal);
    }
}
