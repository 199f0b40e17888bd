# docker run a \
#
#