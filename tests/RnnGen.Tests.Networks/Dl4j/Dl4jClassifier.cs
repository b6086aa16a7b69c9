namespace RnnGen.Tests.Dl4j;

/// <summary>Deeplearning4j's <c>RnnCsvSequenceClassification1</c>.</summary>
[Network(1)]
[Lstm(10)]
[MeanPool]
[Dense(6, Activation.Softmax)]
public sealed partial class Dl4jClassifier;
